package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Measure of predictions against targets, accumulated batch by batch.
 *
 * <p>Not thread-safe.
 */
public interface Metric {
  /** {@return the name in reports, such as {@code "accuracy"}} */
  String name();

  /**
   * Adds a batch. The arrays are valid during the call only.
   *
   * @param predictions the outputs of the network, {@code [B, out]}
   * @param targets the targets, of the same shape
   * @throws org.nn4j.ShapeMismatchException if the shapes differ, or do not suit this metric
   * @throws IllegalArgumentException if the metric is not defined for a target
   */
  void update(INDArray predictions, INDArray targets);

  /**
   * Returns whether the predictions must be probabilities, so that an evaluator refuses the metric
   * for a network that ends in logits.
   *
   * @param outputs the number of outputs of the network
   * @return false by default
   */
  default boolean needsProbabilities(int outputs) {
    return false;
  }

  /** {@return the measure over all batches since the last reset; NaN if there was none} */
  double value();

  /** Removes all batches. */
  void reset();
}
