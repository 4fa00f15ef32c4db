package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.NewArrays;

/**
 * Base of the data sets of this library: checks arguments before writing to memory, and states the
 * precision of the samples. Where floats would round them, as with timestamps in milliseconds,
 * views compute in double precision and cast the result.
 */
interface BaseDataset extends Dataset {
  /** Returns whether the samples have a type with values that floats round. */
  boolean exceedsFloat();

  /** Returns whether the samples are in memory, the same at each call. */
  default boolean isHeld() {
    return false;
  }

  /** One of the two arrays of each sample. */
  enum Part {
    INPUTS,
    TARGETS
  }

  /** Gathers only inputs or only targets, as {@link #gather} does. */
  default void gather(Part part, int[] rows, INDArray array) {
    boolean ofInputs = part == Part.INPUTS;
    Shape left = ofInputs ? targetShape() : inputShape();
    try (INDArray rest = NewArrays.uninitialized(array.dataType(), left.withBatch(rows.length))) {
      gather(rows, ofInputs ? array : rest, ofInputs ? rest : array);
    }
  }

  /** Returns {@link #exceedsFloat}, or true for a user-defined data set, which may have doubles. */
  static boolean mayExceedFloat(Dataset data) {
    return !(data instanceof BaseDataset base) || base.exceedsFloat();
  }

  /** Returns {@link #isHeld()}, or false for a user-defined data set, which may change. */
  static boolean isHeld(Dataset data) {
    return data instanceof BaseDataset base && base.isHeld();
  }

  /** Returns the text of a data set, such as {@code "Dataset(150 samples, [4] -> [3])"}. */
  static String print(Dataset data) {
    return "Dataset("
        + data.size()
        + (data.isWeighted() ? " weighted" : "")
        + " samples, "
        + data.inputShape()
        + " -> "
        + data.targetShape()
        + ")";
  }

  /** Checks the arguments of {@link #gather}. */
  default void checkGather(int[] rows, INDArray inputs, INDArray targets) {
    requireRows(Require.notNull(rows, "Dataset.gather", "rows"));
    Require.notNull(targets, "Dataset.gather", "targets");
    requireShape("inputs", inputs, rows.length, inputShape());
    requireShape("targets", targets, rows.length, targetShape());
  }

  /** Checks the arguments of {@link #gatherWeights}. */
  default void checkGatherWeights(int[] rows, INDArray weights) {
    requireRows(Require.notNull(rows, "Dataset.gatherWeights", "rows"));
    requireShape("weights", weights, rows.length, Shape.of(1));
  }

  private void requireRows(int[] rows) {
    Require.atLeastOne(rows.length, "Dataset", "number of rows");
    int size = size();
    for (int row : rows) {
      requireRow(row, size);
    }
  }

  /** Checks a row. A valid row builds no message. */
  static void requireRow(int row, int size) {
    if (row < 0 || row >= size) {
      Require.that(false, "Dataset", "rows from 0 to " + (size - 1), row);
    }
  }

  private static void requireShape(String name, INDArray array, int rows, Shape sample) {
    // Beyond rank 2 rows are written through a reshaped view, which requires a row-major array.
    boolean writable =
        Require.notNull(array, "Dataset.gather", name).rank() == 2
            || (array.ordering() == 'c' && !array.isView());
    if (!sample.matches(array) || array.size(0) != rows || !writable) {
      throw new ShapeMismatchException(
          "Dataset",
          "for the " + name + " a row-major array " + Arrays.toString(sample.withBatch(rows)),
          Arrays.toString(array.shape()) + " of order " + array.ordering(),
          "pass an array made with Nd4j.create for these rows");
    }
    if (!array.dataType().isFPType()) {
      throw Checks.wrongType(
          "Dataset", name, "FLOAT or DOUBLE", array.dataType(), "pass an array of such a type");
    }
  }
}
