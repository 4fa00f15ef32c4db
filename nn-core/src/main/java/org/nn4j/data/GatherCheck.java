package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;

/** The arguments of {@link Dataset#gather}, before memory is written by them. */
final class GatherCheck {
  private GatherCheck() {}

  static void check(Dataset data, int[] rows, INDArray inputs, INDArray targets) {
    int size = data.size();
    for (int row : Require.notNull(rows, "Dataset.gather", "rows")) {
      requireRow(row, size);
    }
    Require.notNull(targets, "Dataset.gather", "targets");
    check("inputs", inputs, rows.length, data.inputShape());
    check("targets", targets, rows.length, data.targetShape());
  }

  static void checkWeights(Dataset data, int[] rows, INDArray weights) {
    int size = data.size();
    for (int row : Require.notNull(rows, "Dataset.gatherWeights", "rows")) {
      requireRow(row, size);
    }
    check("weights", weights, rows.length, Shape.of(1));
  }

  /** The text is made only if it is needed. */
  static void requireRow(int row, int size) {
    if (row < 0 || row >= size) {
      Require.that(false, "Dataset", "rows from 0 to " + (size - 1), row);
    }
  }

  private static void check(String name, INDArray array, int rows, Shape sample) {
    // Beyond rank 2 the rows are written through a reshaped view, which only row-major arrays have.
    boolean writable =
        Require.notNull(array, "Dataset.gather", name).rank() == 2
            || (array.ordering() == 'c' && !array.isView());
    if (!sample.matches(array) || array.size(0) != rows || !writable) {
      throw new ShapeMismatchException(
          "Dataset",
          "for the " + name + " a row-major array " + Arrays.toString(sample.withBatch(rows)),
          Arrays.toString(array.shape()) + " of order " + array.ordering(),
          "give an array made with Nd4j.create for these rows");
    }
  }
}
