package org.nn4j.metric;

/**
 * Mean absolute error of a regression relative to the targets, over samples and outputs.
 *
 * <pre>
 * value = Σ (|aᵢⱼ − yᵢⱼ| / max(|yᵢⱼ|, ε)) / (N out),   ε = 2⁻⁵²
 * </pre>
 *
 * <p>A share, not multiplied by 100. A target of 0 that is not predicted exactly yields a very
 * large value, as in scikit-learn's {@code mean_absolute_percentage_error}.
 */
final class MeanAbsolutePercentageError extends ElementMetric {
  private static final double EPSILON = 0x1p-52;

  MeanAbsolutePercentageError() {
    super("mean absolute percentage error");
  }

  @Override
  double term(double prediction, double target) {
    return Math.abs(prediction - target) / Math.max(Math.abs(target), EPSILON);
  }
}
