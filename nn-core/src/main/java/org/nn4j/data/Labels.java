package org.nn4j.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.kernel.NewArrays;
import org.nn4j.kernel.Portion;

/** Class labels as targets. Thread-safe. */
public final class Labels {
  /** The class of a row that holds a NaN: it names none. */
  public static final int NO_CLASS = -1;

  /** What one output must exceed to name class 1 rather than class 0. */
  private static final double THRESHOLD = 0.5;

  private Labels() {}

  /**
   * The class that a row names: with two or more numbers the index of the largest (the first of
   * equal ones), with one whether it is above one half.
   *
   * @param row a target or a prediction
   * @return the class, or {@link #NO_CLASS} if the row holds a NaN
   */
  public static int classOf(double... row) {
    Require.notNull(row, "Labels.classOf", "row");
    if (Arrays.stream(row).anyMatch(Double::isNaN)) {
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

  static int[] classesOf(Dataset data) {
    if (data.targetShape().rank() != 1) {
      throw new ShapeMismatchException(
          "Dataset",
          "targets [N, classes], to tell the class of each sample",
          "targets " + data.targetShape().describeBatch(),
          "give one row of numbers for each target");
    }
    int[] classes = new int[data.size()];
    int most = Portion.rows(Float.BYTES * (data.inputShape().size() + data.targetShape().size()));
    for (int from = 0; from < classes.length; from += most) {
      int[] rows = IntStream.range(from, Math.min(from + most, classes.length)).toArray();
      try (INDArray inputs =
              NewArrays.zeros(DataType.FLOAT, data.inputShape().withBatch(rows.length));
          INDArray targets =
              NewArrays.zeros(DataType.FLOAT, data.targetShape().withBatch(rows.length))) {
        data.gather(rows, inputs, targets);
        for (int i = 0; i < rows.length; i++) {
          classes[from + i] = classOf(targets.slice(i).toDoubleVector());
        }
      }
    }
    return classes;
  }

  /**
   * One-hot rows: 1 at the label, 0 elsewhere.
   *
   * @param labels the class of each sample, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @param type the data type
   * @return {@code [N, classes]}
   * @throws IllegalArgumentException if there is no label, or one is out of range
   */
  public static INDArray oneHot(int[] labels, int classes, DataType type) {
    Require.notNull(labels, "Labels.oneHot", "labels");
    Require.notNull(type, "Labels.oneHot", "type");
    check(labels, classes);
    INDArray rows = NewArrays.zeros(type, labels.length, classes);
    for (int i = 0; i < labels.length; i++) {
      rows.putScalar(i, labels[i], 1);
    }
    return rows;
  }

  static void check(int[] labels, int classes) {
    Require.atLeastOne(classes, "Labels", "classes");
    Require.atLeastOne(labels.length, "Labels", "number of labels");
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            Require.message(
                "Labels",
                "labels from 0 to " + (classes - 1),
                labels[i] + " at index " + i,
                "count classes from 0, or raise the number of classes"));
      }
    }
  }
}
