package org.nn4j.metric;

/**
 * Mean absolute error of a regression, over samples and outputs.
 *
 * <pre>
 * value = Σ |aᵢⱼ − yᵢⱼ| / (N out)
 * </pre>
 */
final class MeanAbsoluteError extends ElementMetric {
  MeanAbsoluteError() {
    super("mean absolute error");
  }

  @Override
  double term(double prediction, double target) {
    return Math.abs(prediction - target);
  }
}
