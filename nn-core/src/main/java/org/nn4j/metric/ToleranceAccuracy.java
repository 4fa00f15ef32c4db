package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * The share of samples that a regression finds: those all of whose outputs are near enough.
 *
 * <pre>
 * value = |{i : |aᵢⱼ − yᵢⱼ| ≤ tolerance for every output j}| / N
 * </pre>
 *
 * <p>A NaN is not near anything. Not thread-safe.
 */
public final class ToleranceAccuracy implements Metric {
  private final double tolerance;
  private long correct;
  private long total;

  /**
   * Starts with no sample.
   *
   * @param tolerance the largest distance that counts as right, 0 or more
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  public ToleranceAccuracy(double tolerance) {
    this.tolerance = Require.notNegative(tolerance, "ToleranceAccuracy", "tolerance");
  }

  @Override
  public String name() {
    return "accuracy within " + tolerance;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "ToleranceAccuracy.update", "predictions");
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    double[][] expected = PredictionRows.ofTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      if (isNear(predicted[i], expected[i])) {
        correct++;
      }
    }
    total += predicted.length;
  }

  private boolean isNear(double[] a, double[] y) {
    for (int j = 0; j < a.length; j++) {
      if (!(Math.abs(a[j] - y[j]) <= tolerance)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double value() {
    return total == 0 ? Double.NaN : (double) correct / total;
  }

  @Override
  public void reset() {
    correct = 0;
    total = 0;
  }
}
