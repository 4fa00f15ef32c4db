package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A measure that is gathered batch by batch.
 *
 * <p>Not thread-safe.
 */
public interface Metric {
  /**
   * The name in reports.
   *
   * @return such as {@code "accuracy"}
   */
  String name();

  /**
   * Takes a batch into account.
   *
   * <p>The arrays are valid during the call only.
   *
   * @param predictions what the network answered, {@code [B, out]}
   * @param targets what it should have answered, of the same shape
   */
  void update(INDArray predictions, INDArray targets);

  /**
   * The measure over all batches since the last reset.
   *
   * @return NaN if there was none
   */
  double value();

  /** Forgets all batches. */
  void reset();
}
