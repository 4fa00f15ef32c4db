package org.nn4j.data;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * Some samples and what a network should answer.
 *
 * @param inputs {@code [B, in...]}
 * @param targets {@code [B, out...]}
 * @param weights what each sample counts in the loss, {@code [B, 1]}; null if all count 1
 */
public record Batch(INDArray inputs, INDArray targets, @Nullable INDArray weights) {
  /**
   * Checks the arguments.
   *
   * @param inputs {@code [B, in...]}
   * @param targets {@code [B, out...]}
   * @param weights what each sample counts in the loss, {@code [B, 1]}; null if all count 1
   */
  public Batch {
    Require.notNull(inputs, "Batch", "inputs");
    Require.notNull(targets, "Batch", "targets");
  }

  /**
   * Samples that all count alike.
   *
   * @param inputs {@code [B, in...]}
   * @param targets {@code [B, out...]}
   */
  public Batch(INDArray inputs, INDArray targets) {
    this(inputs, targets, null);
  }

  /**
   * The number of samples.
   *
   * @return {@code B}
   */
  public int size() {
    return Math.toIntExact(inputs.size(0));
  }

  /** The bytes of the arrays. */
  long bytes() {
    return bytes(inputs) + bytes(targets) + (weights == null ? 0 : bytes(weights));
  }

  private static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }

  /** Frees the arrays, which nobody else may use. */
  void free() {
    inputs.close();
    targets.close();
    if (weights != null) {
      weights.close();
    }
  }
}
