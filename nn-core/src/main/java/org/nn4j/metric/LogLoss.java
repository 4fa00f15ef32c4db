package org.nn4j.metric;

/**
 * Mean negative logarithm of the probability of the true class.
 *
 * <pre>
 * q      = p limited to [ε, 1 − ε]       ε = 2⁻⁵², 2⁻²³ for FLOAT predictions
 * value  = − Σ log (q(i, yᵢ) / Σ q(i, j)) / N
 * </pre>
 *
 * <p>One output p is the probability of class 1, and that of class 0 is 1 − p. scikit-learn's
 * {@code log_loss}. NaN if a prediction is NaN. Not thread-safe.
 */
final class LogLoss extends ProbabilityMetric {
  LogLoss() {
    super("log loss");
  }

  @Override
  double term(double[] p, int trueClass, double epsilon) {
    double[] all = p.length == 1 ? new double[] {1 - p[0], p[0]} : p;
    double sum = 0;
    for (double each : all) {
      sum += limited(each, epsilon);
    }
    return -Math.log(limited(all[trueClass], epsilon) / sum);
  }

  private static double limited(double p, double epsilon) {
    return Math.min(Math.max(p, epsilon), 1 - epsilon);
  }
}
