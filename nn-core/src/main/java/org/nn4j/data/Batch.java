package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some samples and what a network should answer.
 *
 * @param inputs {@code [B, in...]}
 * @param targets {@code [B, out...]}
 */
public record Batch(INDArray inputs, INDArray targets) {
  /**
   * The number of samples.
   *
   * @return {@code B}
   */
  public int size() {
    return Math.toIntExact(inputs.size(0));
  }
}
