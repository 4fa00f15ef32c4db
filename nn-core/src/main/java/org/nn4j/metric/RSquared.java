package org.nn4j.metric;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ShapeMismatchException;

/**
 * R², the coefficient of determination of a regression, and the explained variance: the share of
 * the variance of the targets that the predictions explain.
 *
 * <pre>
 * total              = Σ (yᵢ − ȳ)²
 * R²                 = 1 − Σ (yᵢ − aᵢ)² / total
 * explained variance = 1 − Σ (eᵢ − ē)² / total     eᵢ = yᵢ − aᵢ
 * value              = the mean over the outputs
 * </pre>
 *
 * <p>1 for a perfect regression, 0 for one that returns the mean of the targets, below 0 for a
 * worse one. Where all targets of an output are equal ({@code total = 0}) it is 1 if they are
 * predicted exactly, else 0; below two samples R² is NaN: scikit-learn's conventions. The total is
 * accumulated by Welford's recurrence (Technometrics 4, 1962), which keeps its digits when the mean
 * is large beside the deviations. Not thread-safe.
 */
final class RSquared implements Metric {
  /** Squares of larger values approach the largest double. */
  private static final double LARGE = 1e140;

  private static final double SMALL = 0x1p-600;

  private final String name;

  /** Whether the mean error counts as explained. */
  private final boolean isCentered;

  private long samples;
  private double[] mean = {};
  private double[] meanError = {};
  private double[] total = {};
  private double[] residual = {};

  /** Factors of the targets and of the errors of each output, which keep squares finite. */
  private double[] unit = {};

  private double[] unitOfErrors = {};

  private RSquared(String name, boolean isCentered) {
    this.name = name;
    this.isCentered = isCentered;
  }

  static Metric rSquared() {
    return new RSquared("R2", false);
  }

  static Metric explainedVariance() {
    return new RSquared("explained variance", true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] a = PredictionRows.of(predictions, name(), "predictions");
    double[][] y = PredictionRows.ofTargets(predictions, targets, name());
    int out = Math.toIntExact(predictions.size(1));
    if (samples == 0) {
      mean = new double[out];
      meanError = new double[out];
      total = new double[out];
      residual = new double[out];
      unit = new double[out];
      unitOfErrors = new double[out];
      Arrays.fill(unit, 1);
      Arrays.fill(unitOfErrors, 1);
    }
    if (out != mean.length) {
      throw new ShapeMismatchException(
          name(),
          "predictions [B, " + mean.length + "] like those before",
          Arrays.toString(predictions.shape()),
          "call reset() before measuring another network");
    }
    for (int i = 0; i < y.length; i++) {
      add(y[i], a[i]);
    }
  }

  private void add(double[] y, double[] a) {
    samples++;
    for (int j = 0; j < y.length; j++) {
      if (Math.abs(y[j]) > LARGE && unit[j] == 1) {
        unit[j] = SMALL;
        mean[j] *= SMALL;
        total[j] = total[j] * SMALL * SMALL;
      }
      if (Math.max(Math.abs(y[j]), Math.abs(a[j])) > LARGE && unitOfErrors[j] == 1) {
        unitOfErrors[j] = SMALL;
        meanError[j] *= SMALL;
        residual[j] = residual[j] * SMALL * SMALL;
      }
      double target = y[j] * unit[j];
      double error = y[j] * unitOfErrors[j] - a[j] * unitOfErrors[j];
      double deviation = target - mean[j];
      mean[j] += deviation / samples;
      total[j] += deviation * (target - mean[j]);
      double part = error - meanError[j];
      meanError[j] += isCentered ? part / samples : 0;
      residual[j] += part * (error - meanError[j]);
    }
  }

  @Override
  public double value() {
    if (samples < (isCentered ? 1 : 2)) {
      return Double.NaN;
    }
    double sum = 0;
    for (int j = 0; j < mean.length; j++) {
      sum += explained(residual[j], total[j], unitOfErrors[j] / unit[j]);
    }
    return sum / mean.length;
  }

  private static double explained(double residual, double total, double ratioOfUnits) {
    if (total == 0 && !Double.isNaN(residual)) {
      return residual == 0 ? 1 : 0;
    }
    return 1 - residual / total / ratioOfUnits / ratioOfUnits;
  }

  @Override
  public void reset() {
    samples = 0;
  }
}
