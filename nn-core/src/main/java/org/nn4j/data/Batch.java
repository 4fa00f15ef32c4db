package org.nn4j.data;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * Batch of samples with their targets.
 *
 * @param inputs {@code [B, in...]}
 * @param targets {@code [B, out...]}
 * @param weights the weight of each sample in the loss, {@code [B, 1]}; null if all are 1
 */
public record Batch(INDArray inputs, INDArray targets, @Nullable INDArray weights) {
  /**
   * Checks the arguments.
   *
   * @param inputs {@code [B, in...]}
   * @param targets {@code [B, out...]}
   * @param weights the weight of each sample in the loss, {@code [B, 1]}; null if all are 1
   */
  public Batch {
    Require.notNull(inputs, "Batch", "inputs");
    Require.notNull(targets, "Batch", "targets");
  }

  /**
   * Creates a batch of samples with weight 1.
   *
   * @param inputs {@code [B, in...]}
   * @param targets {@code [B, out...]}
   */
  public Batch(INDArray inputs, INDArray targets) {
    this(inputs, targets, null);
  }

  /**
   * Returns the number of samples.
   *
   * @return {@code B}
   */
  public int size() {
    return Math.toIntExact(inputs.size(0));
  }

  /** Returns the bytes of the arrays. */
  long bytes() {
    return bytes(inputs) + bytes(targets) + (weights == null ? 0 : bytes(weights));
  }

  private static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }

  /** Frees the arrays, which must not be used elsewhere. */
  void free() {
    inputs.close();
    targets.close();
    if (weights != null) {
      weights.close();
    }
  }
}
