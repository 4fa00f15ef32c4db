package org.nn4j.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Labels;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.JavaArrays;

/** Rows of a batch as Java arrays. */
final class PredictionRows {
  /** Number of elements of a row in a message. */
  private static final int SHOWN = 10;

  /** Tolerance of a probability, and of the sum of a row of them, as for soft labels. */
  private static final double TOLERANCE = 0.01;

  private PredictionRows() {}

  static double[][] of(INDArray batch, String who, String name) {
    requireRows(batch, who, name);
    Checks.numeric(batch.dataType(), who);
    return JavaArrays.rows(batch);
  }

  static void requireRows(INDArray batch, String who, String name) {
    if (Require.notNull(batch, who, name).rank() != 2) {
      throw new ShapeMismatchException(
          who,
          name + " [B, out]",
          Arrays.toString(batch.shape()),
          "pass a matrix with one row for each sample");
    }
  }

  /**
   * Returns the rows of predictions, checked to be probabilities.
   *
   * @throws IllegalArgumentException if a number is outside of [0, 1], or those of several classes
   *     do not sum to 1; NaN is accepted
   */
  static double[][] probabilities(INDArray predictions, String who) {
    double[][] rows = of(predictions, who, "predictions");
    for (int i = 0; i < rows.length; i++) {
      double sum = Arrays.stream(rows[i]).sum();
      boolean isOutside = Arrays.stream(rows[i]).anyMatch(p -> p < -TOLERANCE || p > 1 + TOLERANCE);
      if (isOutside || (rows[i].length > 1 && Math.abs(sum - 1) > TOLERANCE)) {
        throw new IllegalArgumentException(
            Require.message(
                who,
                rows[i].length == 1
                    ? "a probability from 0 to 1"
                    : "probabilities from 0 to 1 that sum to 1",
                beginning(rows[i]) + " in row " + i + " of the batch",
                rows[i].length == 1
                    ? "end the network in sigmoid()"
                    : "end the network in softmax()"));
      }
    }
    return rows;
  }

  /**
   * Returns whether each sample is of class 1, as the only element of its row.
   *
   * @throws ShapeMismatchException if there are three or more outputs
   */
  static boolean[][] classOne(INDArray predictions, INDArray targets, String who) {
    if (predictions.size(1) > 2) {
      throw new ShapeMismatchException(
          who,
          "predictions [B, 1] or [B, 2] of two classes",
          Arrays.toString(predictions.shape()),
          "measure rocAuc(Average) or averagePrecision(Average) of several classes");
    }
    int[] classes = classesOfTargets(predictions, targets, who);
    boolean[][] isOne = new boolean[classes.length][1];
    for (int i = 0; i < classes.length; i++) {
      isOne[i][0] = classes[i] == 1;
    }
    return isOne;
  }

  /**
   * Returns whether each sample has each label: any number of them, or that of its class.
   *
   * @throws IllegalArgumentException if a target is neither labels of 0 and 1 nor of one class
   */
  static boolean[][] labels(INDArray predictions, INDArray targets, String who) {
    double[][] rows = ofTargets(predictions, targets, who);
    boolean[][] labels = new boolean[rows.length][];
    int[] classes = {};
    for (int i = 0; i < rows.length; i++) {
      labels[i] = new boolean[rows[i].length];
      boolean isBinary = Arrays.stream(rows[i]).allMatch(y -> y == 0 || y == 1);
      if (!isBinary && classes.length == 0) {
        classes = classesOfTargets(predictions, targets, who);
      }
      for (int j = 0; j < rows[i].length; j++) {
        labels[i][j] = isBinary ? rows[i][j] == 1 : classes[i] == j;
      }
    }
    return labels;
  }

  /** Returns the rows of targets, checked to have the shape of the predictions. */
  static double[][] ofTargets(INDArray predictions, INDArray targets, String who) {
    Checks.sameShape(predictions, targets, who, "targets");
    return of(targets, who, "targets");
  }

  /**
   * Returns the classes of targets.
   *
   * @throws IllegalArgumentException if one has none or several
   */
  static int[] classesOfTargets(INDArray predictions, INDArray targets, String who) {
    double[][] rows = ofTargets(predictions, targets, who);
    int[] classes = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      classes[i] = Labels.classOfTarget(rows[i]);
      if (classes[i] == Labels.NO_CLASS) {
        throw new IllegalArgumentException(
            Require.message(
                who,
                rows[i].length == 1
                    ? "targets 0 or 1"
                    : "targets with one class each, one-hot or soft with a sum of 1",
                beginning(rows[i]) + " in row " + i + " of the batch",
                remedy(rows[i])));
      }
    }
    return classes;
  }

  private static String remedy(double[] target) {
    if (!Arrays.stream(target).allMatch(Double::isFinite)) {
      return "correct or omit this sample";
    }
    return target.length == 1
        ? "measure rSquared() or toleranceAccuracy(...) of a regression, or turn classes -1 and 1"
            + " into 0 and 1, data.mapTargets(y -> y.add(1).div(2))"
        : "measure exactMatchRatio(), binaryAccuracy(), hammingLoss() or f1Score(...) of samples"
            + " with several labels, rSquared() or toleranceAccuracy(...) of a regression";
  }

  /** Returns the first elements of a row, for a message. */
  private static String beginning(double[] row) {
    String numbers = Arrays.toString(Arrays.copyOf(row, Math.min(row.length, SHOWN)));
    return row.length <= SHOWN ? numbers : numbers.replace("]", ", ...]");
  }

  /** Returns the indices of the largest elements, downwards; none if one is NaN. */
  static int[] largest(double[] row, int count) {
    if (holdsNaN(row)) {
      return new int[0];
    }
    // 0 − x and not −x, which would order 0 and −0.
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
