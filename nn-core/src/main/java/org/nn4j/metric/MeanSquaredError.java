package org.nn4j.metric;

/**
 * Mean squared error of a regression, over samples and outputs.
 *
 * <pre>
 * value = Σ (aᵢⱼ − yᵢⱼ)² / (N out)
 * </pre>
 */
final class MeanSquaredError extends ElementMetric {
  MeanSquaredError() {
    super("mean squared error");
  }

  @Override
  double term(double prediction, double target) {
    double error = prediction - target;
    return error * error;
  }
}
