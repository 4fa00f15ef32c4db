package org.nn4j.loss;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.Kernel;

/** Requirements of losses on targets {@code [B, out]}. */
final class TargetChecks {
  /** Tolerance of 0 and 1 for the rounding of floats. */
  private static final double ROUNDING = 1e-5;

  /** Tolerance of a sum of 1 for soft labels that were rounded to two digits. */
  private static final double SUM_TOLERANCE = 0.01;

  private TargetChecks() {}

  /** Checks the shapes and data types of the arguments of {@link Loss#compute}. */
  static void requireArrays(
      Loss loss, INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    Checks.rows(predictions, targets, loss);
    Require.like(predictions, gradient, loss, "gradient");
    long rows = predictions.size(0);
    if (Require.notNull(perSample, loss, "perSample").rank() != 1
        || perSample.length() != rows
        || perSample.dataType() != predictions.dataType()) {
      throw new ShapeMismatchException(
          loss.toString(),
          "perSample [" + rows + "] of " + predictions.dataType(),
          Arrays.toString(perSample.shape()) + " of " + perSample.dataType(),
          "pass a vector with an element for each sample");
    }
  }

  /** Checks that there is a row to check. */
  private static void requireRows(INDArray targets, Loss loss) {
    if (Require.notNull(targets, loss, "targets").rank() != 2 || targets.length() == 0) {
      throw new ShapeMismatchException(
          loss.toString(),
          "targets [B, out] with B of 1 or more",
          Arrays.toString(targets.shape()),
          "pass a row for each sample");
    }
    Checks.numeric(targets.dataType(), loss);
  }

  static void requireFinite(INDArray targets, Loss loss) {
    requireRows(targets, loss);
    int row =
        Kernel.firstFailingRow(targets, (least, largest, sum) -> isFinite(least, largest, sum));
    if (row >= 0) {
      throw refused(
          loss,
          "finite targets",
          found(targets, row, value -> !Double.isFinite(value)),
          "correct or leave out this sample");
    }
  }

  static void requireProbabilities(INDArray targets, Loss loss) {
    requireRows(targets, loss);
    int row = Kernel.firstFailingRow(targets, TargetChecks::areProbabilities);
    if (row >= 0) {
      requireFinite(targets, loss);
      throw outOfRange(targets, row, loss);
    }
  }

  static void requireDistributions(INDArray targets, Loss loss) {
    requireRows(targets, loss);
    int row = Kernel.firstFailingRow(targets, TargetChecks::isDistribution);
    if (row < 0) {
      return;
    }
    requireFinite(targets, loss);
    int outside = Kernel.firstFailingRow(targets, TargetChecks::areProbabilities);
    if (outside >= 0) {
      throw outOfRange(targets, outside, loss);
    }
    double sum = DoubleStream.of(row(targets, row)).sum();
    throw refused(
        loss,
        "one-hot targets, or soft ones that sum to 1 within " + SUM_TOLERANCE,
        "a sum of " + sum + " in row " + row + " of the batch",
        sum > 1
            ? "for several labels a sample use binaryCrossEntropy() after dense("
                + targets.size(1)
                + ", sigmoid())"
            : "assign a class to each sample; for one that should not count, set weight 0 with"
                + " data.withWeights(...)");
  }

  private static boolean isFinite(double least, double largest, double sum) {
    return least > Double.NEGATIVE_INFINITY
        && largest < Double.POSITIVE_INFINITY
        && !Double.isNaN(sum);
  }

  private static boolean areProbabilities(double least, double largest, double sum) {
    return least >= -ROUNDING && largest <= 1 + ROUNDING && !Double.isNaN(sum);
  }

  private static boolean isDistribution(double least, double largest, double sum) {
    return least >= -ROUNDING
        && largest <= 1 + ROUNDING
        && Math.abs(sum - 1) <= SUM_TOLERANCE + ROUNDING;
  }

  private static IllegalArgumentException outOfRange(INDArray targets, int row, Loss loss) {
    DoublePredicate isWrong = value -> value < -ROUNDING || value > 1 + ROUNDING;
    boolean isNegative = DoubleStream.of(row(targets, row)).anyMatch(v -> v < -ROUNDING);
    return refused(
        loss,
        "targets from 0 to 1",
        found(targets, row, isWrong),
        isNegative
            ? "turn -1 and 1 into 0 and 1, data.mapTargets(y -> y.add(1).div(2)), or use"
                + " squaredError() for a regression"
            : "divide pixels by 255, data.mapTargets(y -> y.div(255)), convert class indices with"
                + " Dataset.ofLabels(inputs, labels, classes), or use squaredError() for a"
                + " regression");
  }

  private static IllegalArgumentException refused(
      Loss loss, String expected, String found, String remedy) {
    return new IllegalArgumentException(Require.message(loss.toString(), expected, found, remedy));
  }

  /** Returns the first wrong element of a row and its position. */
  private static String found(INDArray targets, int row, DoublePredicate isWrong) {
    double[] numbers = row(targets, row);
    int column = 0;
    while (!isWrong.test(numbers[column])) {
      column++;
    }
    return numbers[column] + " in row " + row + ", column " + column + " of the batch";
  }

  private static double[] row(INDArray targets, int row) {
    return targets.getRow(row).dup('c').data().asDouble();
  }
}
