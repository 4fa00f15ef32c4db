package org.nn4j.loss;

import org.nn4j.Loss;
import org.nn4j.Require;

/**
 * Factories of losses, for static import beside those of {@link org.nn4j.metric.Metrics}.
 *
 * <p>Equations are those of one sample with predictions a and targets y of {@code out} elements;
 * the loss of a batch is the mean over its samples. Thread-safe.
 */
public final class Losses {
  private Losses() {}

  /**
   * Returns the squared error, summed over outputs: {@code Σ (a − y)²}.
   *
   * <p>The learning rate 3.0 of the classic 784-40-10 network belongs to this sum.
   *
   * @return the loss
   */
  public static Loss squaredError() {
    return new SquaredError(SumOrMean.SUM);
  }

  /**
   * Returns the squared error, averaged over outputs as in Keras and PyTorch: {@code Σ (a − y)² /
   * out}.
   *
   * @return the loss
   */
  public static Loss meanSquaredError() {
    return new SquaredError(SumOrMean.MEAN);
  }

  /**
   * Returns the absolute error, summed over outputs: {@code Σ |a − y|}.
   *
   * @return the loss
   */
  public static Loss absoluteError() {
    return new AbsoluteError(SumOrMean.SUM);
  }

  /**
   * Returns the absolute error, averaged over outputs: {@code Σ |a − y| / out}.
   *
   * @return the loss
   */
  public static Loss meanAbsoluteError() {
    return new AbsoluteError(SumOrMean.MEAN);
  }

  /**
   * Returns Huber's loss with δ = 1, averaged over outputs.
   *
   * @return the loss
   */
  public static Loss huber() {
    return huber(Huber.DEFAULT_DELTA);
  }

  /**
   * Returns Huber's loss, averaged over outputs: squared near the target, absolute beyond δ.
   *
   * @param delta δ, above 0
   * @return the loss
   * @throws IllegalArgumentException if it is not above 0
   */
  public static Loss huber(double delta) {
    return huber(delta, SumOrMean.MEAN);
  }

  /**
   * Returns Huber's loss: {@code e² / 2} where {@code |e| ≤ δ}, else {@code δ (|e| − δ / 2)}, with
   * {@code e = a − y}.
   *
   * @param delta δ, above 0
   * @param overOutputs whether outputs are summed or averaged
   * @return the loss
   * @throws IllegalArgumentException if it is not above 0
   */
  public static Loss huber(double delta, SumOrMean overOutputs) {
    return new Huber(delta, Require.notNull(overOutputs, "Losses.huber", "overOutputs"));
  }

  /**
   * Returns the cross-entropy of probabilities: {@code − Σ y log a}. After a final softmax it is
   * computed on the logits.
   *
   * @return the loss
   */
  public static ClassificationLoss crossEntropy() {
    return new CrossEntropy(ClassTargets.AS_GIVEN);
  }

  /**
   * Returns the cross-entropy of logits, for a network that does not end in a softmax.
   *
   * @return the loss
   */
  public static ClassificationLoss softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy(ClassTargets.AS_GIVEN);
  }

  /**
   * Returns the binary cross-entropy of probabilities, averaged over outputs. After a final sigmoid
   * it is computed on the logits.
   *
   * @return the loss
   */
  public static Loss binaryCrossEntropy() {
    return binaryCrossEntropy(SumOrMean.MEAN);
  }

  /**
   * Returns the binary cross-entropy of probabilities: {@code − (y log a + (1 − y) log(1 − a))}.
   *
   * @param overOutputs whether outputs are summed or averaged
   * @return the loss
   */
  public static Loss binaryCrossEntropy(SumOrMean overOutputs) {
    return new BinaryCrossEntropy(
        Require.notNull(overOutputs, "Losses.binaryCrossEntropy", "overOutputs"));
  }

  /**
   * Returns the binary cross-entropy of logits, averaged over outputs, for a network that does not
   * end in a sigmoid.
   *
   * @return the loss
   */
  public static Loss sigmoidBinaryCrossEntropy() {
    return sigmoidBinaryCrossEntropy(SumOrMean.MEAN);
  }

  /**
   * Returns the binary cross-entropy of logits, for a network that does not end in a sigmoid.
   *
   * @param overOutputs whether outputs are summed or averaged
   * @return the loss
   */
  public static Loss sigmoidBinaryCrossEntropy(SumOrMean overOutputs) {
    return new SigmoidBinaryCrossEntropy(
        Require.notNull(overOutputs, "Losses.sigmoidBinaryCrossEntropy", "overOutputs"));
  }
}
