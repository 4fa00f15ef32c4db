package org.nn4j.metric;

/**
 * Mean squared difference of the probabilities from the true class.
 *
 * <pre>
 * one output or two classes   Σ (p(i) − yᵢ)² / N           p, y: of class 1
 * three or more classes       Σᵢⱼ (p(i, j) − y(i, j))² / N   y: 1 at the true class, else 0
 * </pre>
 *
 * <p>scikit-learn's {@code brier_score_loss}. NaN if a prediction is NaN. Not thread-safe.
 */
final class BrierScore extends ProbabilityMetric {
  BrierScore() {
    super("Brier score");
  }

  @Override
  double term(double[] p, int trueClass, double epsilon) {
    double sum = 0;
    int last = p.length - 1;
    for (int j = last < 2 ? last : 0; j <= last; j++) {
      double error = p[j] - (trueClass == (last == 0 ? 1 : j) ? 1 : 0);
      sum += error * error;
    }
    return sum;
  }
}
