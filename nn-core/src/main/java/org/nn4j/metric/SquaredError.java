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
 * <p>This is the measure that other libraries report under the name. It is the mean over the
 * outputs, where the loss of this name sums them by default. Summed in double precision; NaN if a
 * prediction is. Not thread-safe.
 */
public final class SquaredError implements Metric {
  private double sum;
  private long numbers;

  /** Starts with no sample. */
  public SquaredError() {}

  @Override
  public String name() {
    return "mean squared error";
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "SquaredError.update", "predictions");
    double[][] a = Rows.of(predictions, name(), "predictions");
    double[][] y = Rows.ofTargets(predictions, targets, name());
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
