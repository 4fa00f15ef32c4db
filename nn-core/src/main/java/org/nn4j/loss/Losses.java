package org.nn4j.loss;

import org.nn4j.Loss;

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
    return new MeanSquaredError(overOutputs);
  }

  /**
   * The cross-entropy of probabilities.
   *
   * @return {@link CrossEntropy}
   */
  public static Loss crossEntropy() {
    return new CrossEntropy();
  }

  /**
   * The cross-entropy of logits, for a network that does not end in a softmax.
   *
   * @return {@link SoftmaxCrossEntropy}
   */
  public static Loss softmaxCrossEntropy() {
    return new SoftmaxCrossEntropy();
  }
}
