package org.nn4j.loss;

import org.nn4j.Loss;
import org.nn4j.Require;

/** Makes losses; import its methods statically. Thread-safe. */
public final class Losses {
  private Losses() {}

  /**
   * The squared error summed over outputs, averaged over the batch.
   *
   * @return {@link MeanSquaredError}
   */
  public static Loss meanSquaredError() {
    return new MeanSquaredError(Reduction.SUM);
  }

  /**
   * The squared error summed or averaged over outputs, averaged over the batch.
   *
   * @param overOutputs which of the two
   * @return {@link MeanSquaredError}
   */
  public static Loss meanSquaredError(Reduction overOutputs) {
    Require.notNull(overOutputs, "Losses.meanSquaredError", "overOutputs");
    return new MeanSquaredError(overOutputs);
  }

  /**
   * The cross-entropy of probabilities.
   *
   * @return {@link CrossEntropy}
   */
  public static CrossEntropy crossEntropy() {
    return new CrossEntropy(ClassTargets.AS_GIVEN);
  }

  /**
   * The cross-entropy of logits, for a network that does not end in a softmax.
   *
   * @return {@link SoftmaxCrossEntropy}
   */
  public static SoftmaxCrossEntropy softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy(ClassTargets.AS_GIVEN);
  }

  /**
   * The absolute error averaged over outputs and batch.
   *
   * @return {@link MeanAbsoluteError}
   */
  public static Loss meanAbsoluteError() {
    return new MeanAbsoluteError(Reduction.MEAN);
  }

  /**
   * Huber's loss with δ = 1, averaged over outputs and batch.
   *
   * @return {@link Huber}
   */
  public static Loss huber() {
    return huber(Huber.DEFAULT_DELTA);
  }

  /**
   * Huber's loss, averaged over outputs and batch.
   *
   * @param delta where the square ends, above 0
   * @return {@link Huber}
   */
  public static Loss huber(double delta) {
    return new Huber(delta, Reduction.MEAN);
  }

  /**
   * The binary cross-entropy of probabilities, averaged over outputs and batch.
   *
   * @return {@link BinaryCrossEntropy}
   */
  public static Loss binaryCrossEntropy() {
    return new BinaryCrossEntropy(Reduction.MEAN);
  }

  /**
   * The binary cross-entropy of logits, averaged over outputs and batch, for a network that does
   * not end in a sigmoid.
   *
   * @return {@link SigmoidBinaryCrossEntropy}
   */
  public static Loss sigmoidBinaryCrossEntropy() {
    return new SigmoidBinaryCrossEntropy(Reduction.MEAN);
  }
}
