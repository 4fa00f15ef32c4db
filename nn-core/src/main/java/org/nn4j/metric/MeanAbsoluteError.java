package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean absolute error of a regression, over samples and outputs.
 *
 * <pre>
 * value = Σ |aᵢⱼ − yᵢⱼ| / (N out)
 * </pre>
 *
 * <p>Summed in double precision; NaN if a prediction is NaN. Not thread-safe.
 */
final class MeanAbsoluteError extends MeanMetric {
  MeanAbsoluteError() {
    super("mean absolute error");
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] a = PredictionRows.of(predictions, name(), "predictions");
    double[][] y = PredictionRows.ofTargets(predictions, targets, name());
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        add(Math.abs(a[i][j] - y[i][j]));
      }
    }
  }
}
