package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * The mean squared error of a regression, over samples and outputs.
 *
 * <pre>
 * value = Σ (aᵢⱼ − yᵢⱼ)² / (N out)
 * </pre>
 *
 * <p>Summed in double precision; NaN if a prediction is. Not thread-safe.
 */
final class MeanSquaredError implements Metric {
  private double sum;
  private long numbers;

  @Override
  public String name() {
    return "mean squared error";
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "MeanSquaredError.update", "predictions");
    double[][] a = PredictionRows.of(predictions, name(), "predictions");
    double[][] y = PredictionRows.ofTargets(predictions, targets, name());
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        double error = a[i][j] - y[i][j];
        sum += error * error;
      }
    }
    numbers += predictions.length();
  }

  @Override
  public double value() {
    return numbers == 0 ? Double.NaN : sum / numbers;
  }

  @Override
  public void reset() {
    sum = 0;
    numbers = 0;
  }
}
