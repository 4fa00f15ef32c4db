package org.nn4j.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;

/** The rows of a batch as numbers, and the one rule that says which class a row names. */
final class Rows {
  /** The class of a row that holds a NaN: it names none. */
  static final int NO_CLASS = -1;

  /** What one output must exceed to name class 1 rather than class 0. */
  private static final double THRESHOLD = 0.5;

  private Rows() {}

  static double[][] of(INDArray batch, String who, String name) {
    if (batch.rank() != 2) {
      throw new ShapeMismatchException(
          who,
          name + " [B, out]",
          Arrays.toString(batch.shape()),
          "give one row for each sample; a single sample is a batch of one row");
    }
    return batch.toDoubleMatrix();
  }

  /** The rows of the targets of predictions, which have the same shape. */
  static double[][] ofTargets(INDArray predictions, INDArray targets, String who) {
    Require.sameShape(predictions, targets, who, "targets");
    return of(targets, who, "targets");
  }

  static int classOf(double[] row) {
    if (holdsNaN(row)) {
      return NO_CLASS;
    }
    if (row.length == 1) {
      return row[0] > THRESHOLD ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < row.length; j++) {
      if (row[j] > row[best]) {
        best = j;
      }
    }
    return best;
  }

  /** The indices of the largest numbers, downwards, the first of equal ones first; none for NaN. */
  static int[] largest(double[] row, int count) {
    if (holdsNaN(row)) {
      return new int[0];
    }
    // 0 − x and not −x, which would tell 0 from −0.
    return IntStream.range(0, row.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> 0 - row[j]))
        .limit(count)
        .mapToInt(j -> j)
        .toArray();
  }

  private static boolean holdsNaN(double[] row) {
    return Arrays.stream(row).anyMatch(Double::isNaN);
  }
}
