package org.nn4j.optim;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.docs.Maths;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;

/** The equations of the Javadoc and of docs/maths.md, computed number by number. */
class OptimizerEquationsTest {
  private static final double MU = 0.8;
  private static final double RHO = 0.85;
  private static final double BETA1 = 0.7;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-3;
  private static final double LAMBDA = 0.3;
  private static final double PSI = 0.05;
  private static final int WEIGHTS = 5;
  private static final int N = 8;

  /** η of the step that is taken, t counted from 1. */
  private static double eta(long t) {
    return 0.1 / t;
  }

  private static final Schedule RATE = step -> eta(step + 1);

  /** The change of one parameter, whose state is a and b. */
  @FunctionalInterface
  interface Rule {
    double next(double theta, double g, double[] state, long t, boolean isWeight);
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        of(Optimizers.sgd(RATE), (theta, g, s, t, w) -> theta - eta(t) * g),
        of(
            Optimizers.momentum(RATE, MU),
            (theta, g, s, t, w) -> {
              s[0] = MU * s[0] + g;
              return theta - eta(t) * s[0];
            }),
        of(
            Optimizers.nesterov(RATE, MU),
            (theta, g, s, t, w) -> {
              s[0] = MU * s[0] + g;
              return theta - eta(t) * (g + MU * s[0]);
            }),
        of(
            Optimizers.adagrad(RATE, EPSILON),
            (theta, g, s, t, w) -> {
              s[0] += g * g;
              return theta - eta(t) * g / (Math.sqrt(s[0]) + EPSILON);
            }),
        of(
            Optimizers.rmsProp(RATE, RHO, EPSILON),
            (theta, g, s, t, w) -> {
              s[0] = RHO * s[0] + (1 - RHO) * g * g;
              return theta - eta(t) * g / (Math.sqrt(s[0]) + EPSILON);
            }),
        of(
            Optimizers.adadelta(RATE, RHO, EPSILON),
            (theta, g, s, t, w) -> {
              s[0] = RHO * s[0] + (1 - RHO) * g * g;
              double delta = Math.sqrt(s[1] + EPSILON) / Math.sqrt(s[0] + EPSILON) * g;
              s[1] = RHO * s[1] + (1 - RHO) * delta * delta;
              return theta - eta(t) * delta;
            }),
        of(Optimizers.adam(RATE, BETA1, BETA2, EPSILON), OptimizerEquationsTest::adam),
        of(
            Optimizers.adamW(RATE, BETA1, BETA2, EPSILON, LAMBDA),
            (theta, g, s, t, w) -> adam(w ? theta - eta(t) * LAMBDA * theta : theta, g, s, t, w)),
        of(
            Optimizers.nadam(RATE, BETA1, BETA2, EPSILON, PSI),
            (theta, g, s, t, w) -> {
              s[0] = BETA1 * s[0] + (1 - BETA1) * g;
              s[1] = BETA2 * s[1] + (1 - BETA2) * g * g;
              double change =
                  (1 - mu(t)) / (1 - product(t)) * g
                      + mu(t + 1) / (1 - product(t) * mu(t) * mu(t + 1)) * s[0];
              return theta
                  - eta(t)
                      * change
                      / (Math.sqrt(s[1] / (1 - Math.pow(BETA2, (double) t))) + EPSILON);
            }));
  }

  private static Arguments of(Optimizer optimizer, Rule rule) {
    return Arguments.of(optimizer, rule);
  }

  private static double adam(double theta, double g, double[] s, long t, boolean isWeight) {
    s[0] = BETA1 * s[0] + (1 - BETA1) * g;
    s[1] = BETA2 * s[1] + (1 - BETA2) * g * g;
    double mean = s[0] / (1 - Math.pow(BETA1, (double) t));
    double meanOfSquares = s[1] / (1 - Math.pow(BETA2, (double) t));
    return theta - eta(t) * mean / (Math.sqrt(meanOfSquares) + EPSILON);
  }

  private static double mu(long t) {
    return BETA1 * (1 - 0.5 * Math.pow(0.96, t * PSI));
  }

  private static double product(long t) {
    double product = 1;
    for (long i = 1; i <= t; i++) {
      product *= mu(i);
    }
    return product;
  }

  @ParameterizedTest
  @MethodSource("rules")
  @Maths({
    "(M54) θ ← θ − η g",
    "(M55) v ← μ v + g,  θ ← θ − η v",
    "(M56) v ← μ v + g,  θ ← θ − η (g + μ v)",
    "(M57) v ← v + g²,  θ ← θ − η g / (√v + ε)",
    "(M58) v ← ρ v + (1 − ρ) g²,  θ ← θ − η g / (√v + ε)",
    "(M59) v ← ρ v + (1 − ρ) g²,  Δ = √(u + ε) / √(v + ε) g,"
        + "  θ ← θ − η Δ,  u ← ρ u + (1 − ρ) Δ²",
    "(M60) m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²",
    "(M61) θ ← θ − η (m / (1 − β₁^t)) / (√(v / (1 − β₂^t)) + ε)",
    "(M62) w ← w − η λ w, then (M60) and (M61)",
    "(M63) μ(t) = β₁ (1 − 0.96^(t ψ) / 2),  Π(t) = μ(1) μ(2) ... μ(t)",
    "(M64) θ ← θ − η ((1 − μ(t)) / (1 − Π(t)) g + μ(t + 1) / (1 − Π(t) μ(t) μ(t + 1)) m)"
        + " / (√(v / (1 − β₂^t)) + ε)"
  })
  void eachEquationHoldsNumberByNumber(Optimizer optimizer, Rule rule) {
    Parameter weight = new Parameter("weight", Parameter.Role.WEIGHT, random(1, WEIGHTS));
    Parameter bias = new Parameter("bias", Parameter.Role.BIAS, random(2, N - WEIGHTS));
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(List.of(weight, bias)));
    double[] expected = doubles(vector.values());
    double[][] state = new double[N][2];
    for (int t = 1; t <= 7; t++) {
      vector.gradients().assign(random(10 + t, N));
      double[] g = doubles(vector.gradients());
      for (int i = 0; i < N; i++) {
        expected[i] = rule.next(expected[i], g[i], state[i], t, i < WEIGHTS);
      }
      optimizer.step(vector);
      assertNear(doubles(vector.values()), expected, 1e-13);
    }
  }

  /**
   * θ = 1, g = 2 then −1, η = 0.1, μ = 0.5.
   *
   * <pre>
   * classical  v = 2                       θ = 1 − 0.1 · 2 = 0.8
   *            v = 0.5 · 2 − 1 = 0         θ = 0.8
   * Nesterov   v = 2                       θ = 1 − 0.1 (2 + 0.5 · 2) = 0.7
   *            v = 0                       θ = 0.7 − 0.1 (−1 + 0) = 0.8
   * Adam       m = 1, v = 1 with β1 = 0.5, β2 = 0.75
   *            m / (1 − 0.5) = 2, v / (1 − 0.75) = 4, ε = 2
   *            θ = 1 − 0.1 · 2 / (2 + 2) = 0.95
   * </pre>
   */
  @Test
  void workedByHand() {
    assertNear(twoSteps(Optimizers.momentum(0.1, 0.5)), new double[] {0.8, 0.8}, 1e-15);
    assertNear(twoSteps(Optimizers.nesterov(0.1, 0.5)), new double[] {0.7, 0.8}, 1e-15);
    assertNear(
        new double[] {twoSteps(Optimizers.adam(Schedules.constant(0.1), 0.5, 0.75, 2))[0]},
        new double[] {0.95},
        1e-15);
  }

  private static double[] twoSteps(Optimizer optimizer) {
    Parameter weight = new Parameter("w", Parameter.Role.WEIGHT, Nd4j.createFromArray(1.0));
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(List.of(weight)));
    vector.gradients().assign(2);
    optimizer.step(vector);
    double first = vector.values().getDouble(0);
    vector.gradients().assign(-1);
    optimizer.step(vector);
    return new double[] {first, vector.values().getDouble(0)};
  }
}
