package org.nn4j.data.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;

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
   * @throws ShapeMismatchException if they have no row, or different numbers of rows
   * @throws IllegalArgumentException if an array has no numbers
   */
  public Batch {
    Require.notNull(inputs, "Batch", "inputs");
    requireRows(inputs, inputs, "inputs");
    requireRows(inputs, Require.notNull(targets, "Batch", "targets"), "targets");
    if (weights != null) {
      requireRows(inputs, weights, "weights");
    }
  }

  private static void requireRows(INDArray inputs, INDArray array, String name) {
    if (array.rank() < 2 || array.isEmpty() || array.size(0) != inputs.size(0)) {
      throw new ShapeMismatchException(
          "Batch",
          name + " with a row for each sample" + (array == inputs ? "" : " of " + inputs.size(0)),
          Arrays.toString(array.shape()),
          "pass arrays [B, ...] with the same B of 1 or more");
    }
    Checks.numeric(array.dataType(), "Batch");
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
