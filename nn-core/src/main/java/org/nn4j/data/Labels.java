package org.nn4j.data;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.internal.memory.PortionSize;

/** Class labels as targets. Thread-safe. */
public final class Labels {
  /** Class of a row that has none, such as one with a NaN. */
  public static final int NO_CLASS = -1;

  /** Threshold of a single output between class 0 and class 1. */
  private static final double THRESHOLD = 0.5;

  /** Tolerance of the sum of soft labels, which allows for two rounded digits. */
  private static final double SUM_TOLERANCE = 0.01;

  /** Tolerance of the range of an element after arithmetic in floats. */
  private static final double ROUNDING = 1e-5;

  private Labels() {}

  /**
   * Returns the class of a prediction: the index of its largest element (the first of equal ones),
   * or for one element 1 if it is above 0.5.
   *
   * @param row a prediction
   * @return the class, or {@link #NO_CLASS} if the row contains a NaN
   */
  public static int classOf(double... row) {
    Require.notNull(row, "Labels.classOf", "row");
    int best = 0;
    for (int j = 0; j < row.length; j++) {
      if (Double.isNaN(row[j])) {
        return NO_CLASS;
      }
      if (row[j] > row[best]) {
        best = j;
      }
    }
    if (row.length == 1) {
      return row[0] > THRESHOLD ? 1 : 0;
    }
    return best;
  }

  /**
   * Returns the class of a target, if it has one. Metrics, class weights and stratified splits use
   * this rule for targets, and {@link #classOf} for predictions.
   *
   * <ul>
   *   <li>A single element is the class if it is 0 or 1.
   *   <li>The class of several elements is the index of the only 1 if all others are 0, or all
   *       others are −1.
   *   <li>The class of soft labels, which are from 0 to 1 and sum to 1 within 0.01, is the index of
   *       the largest (the first of equal ones).
   *   <li>All other rows have no class: those of several labels, of a regression, or with a NaN.
   * </ul>
   *
   * @param row a target
   * @return the class, or {@link #NO_CLASS}
   */
  public static int classOfTarget(double... row) {
    Require.notNull(row, "Labels.classOfTarget", "row");
    if (row.length == 1) {
      return row[0] == 0 || row[0] == 1 ? (int) row[0] : NO_CLASS;
    }
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int ones = 0;
    int minusOnes = 0;
    for (double v : row) {
      least = Math.min(least, v);
      largest = Math.max(largest, v);
      sum += v;
      ones += v == 1 ? 1 : 0;
      minusOnes += v == -1 ? 1 : 0;
    }
    boolean isSoft =
        least >= -ROUNDING
            && largest <= 1 + ROUNDING
            && Math.abs(sum - 1) <= SUM_TOLERANCE + ROUNDING;
    boolean isSigned = ones == 1 && minusOnes == row.length - 1;
    return isSoft || isSigned ? classOf(row) : NO_CLASS;
  }

  /**
   * Returns the class of each sample.
   *
   * @throws IllegalArgumentException if one has none
   */
  static int[] requireClasses(Dataset data, String purpose, String remedy) {
    int[] classes = data.classes();
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] == NO_CLASS) {
        throw new IllegalArgumentException(
            Require.message(
                "Dataset, " + purpose,
                "targets with one class each: one-hot rows, or 0 and 1 in one column",
                "a target with no class or several at index " + i,
                remedy));
      }
    }
    return classes;
  }

  static int[] classesOf(Dataset data) {
    if (data.targetShape().rank() != 1) {
      throw new ShapeMismatchException(
          "Dataset",
          "targets [N, classes]",
          "targets " + data.targetShape().describeBatch(),
          "pass one row for each target");
    }
    int[] classes = new int[data.size()];
    int most =
        PortionSize.rows(Float.BYTES * (data.inputShape().size() + data.targetShape().size()));
    for (int from = 0; from < classes.length; from += most) {
      int[] rows = IntStream.range(from, Math.min(from + most, classes.length)).toArray();
      try (INDArray inputs =
              NewArrays.zeros(DataType.FLOAT, data.inputShape().withBatch(rows.length));
          INDArray targets =
              NewArrays.zeros(DataType.FLOAT, data.targetShape().withBatch(rows.length))) {
        data.gather(rows, inputs, targets);
        float[] all = new float[Math.toIntExact(targets.length())];
        JavaArrays.copy(targets, all);
        double[] row = new double[all.length / rows.length];
        for (int i = 0; i < rows.length; i++) {
          for (int j = 0; j < row.length; j++) {
            row[j] = all[i * row.length + j];
          }
          classes[from + i] = classOfTarget(row);
        }
      }
    }
    return classes;
  }

  /**
   * Returns one-hot rows: 1 at the label, 0 elsewhere.
   *
   * @param labels the class of each sample, from 0 to {@code classes - 1}
   * @param classes the number of classes
   * @param type the data type, numeric or boolean
   * @return {@code [N, classes]}
   * @throws IllegalArgumentException if there is no label, one is out of range, or the data type is
   *     another one
   */
  public static INDArray oneHot(int[] labels, int classes, DataType type) {
    Require.notNull(labels, "Labels.oneHot", "labels");
    Checks.numeric(Require.notNull(type, "Labels.oneHot", "type"), "Labels.oneHot");
    check(labels, classes);
    INDArray rows = NewArrays.zeros(type, labels.length, classes);
    for (int i = 0; i < labels.length; i++) {
      rows.putScalar(i, labels[i], 1);
    }
    return rows;
  }

  static void check(int[] labels, int classes) {
    Require.atLeastOne(classes, "Labels", "number of classes");
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
