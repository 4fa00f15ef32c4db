package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * Share of samples of a regression whose outputs are all within a tolerance of the targets.
 *
 * <pre>
 * value = |{i : |aᵢⱼ − yᵢⱼ| ≤ tolerance for every output j}| / N
 * </pre>
 *
 * <p>NaN is within no tolerance. Not thread-safe.
 */
final class ToleranceAccuracy extends MeanMetric {
  private final double tolerance;

  ToleranceAccuracy(double tolerance) {
    super("accuracy within " + Require.notNegative(tolerance, "ToleranceAccuracy", "tolerance"));
    this.tolerance = tolerance;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    double[][] expected = PredictionRows.ofTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      add(isNear(predicted[i], expected[i]) ? 1 : 0);
    }
  }

  private boolean isNear(double[] a, double[] y) {
    for (int j = 0; j < a.length; j++) {
      if (!(Math.abs(a[j] - y[j]) <= tolerance)) {
        return false;
      }
    }
    return true;
  }
}
