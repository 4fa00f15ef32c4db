package org.nn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.docs.Maths;

/** The equations of docs/maths.md for penalties and clipping, number by number. */
class PenaltyEquationsTest {
  private static final double LAMBDA = 0.3;
  private static final int WEIGHTS = 7;
  private static final int N = 11;

  private final ParameterVector vector =
      ParameterVector.pack(
          DOUBLE,
          List.of(
              List.of(
                  new Parameter("weight", Parameter.Role.WEIGHT, random(1, WEIGHTS)),
                  new Parameter("bias", Parameter.Role.BIAS, random(2, N - WEIGHTS)))));
  private final double[] theta = doubles(vector.values());
  private final double[] g = doubles(random(3, N));

  PenaltyEquationsTest() {
    vector.gradients().assign(random(3, N));
  }

  @Test
  @Maths({"(M50) R = λ Σ |w|,  dw ← dw + λ sign(w)", "(M51) R = (λ / 2) Σ w²,  dw ← dw + λ w"})
  void penalties() {
    double l1 = 0;
    double l2 = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      l1 += LAMBDA * Math.abs(theta[i]);
      l2 += LAMBDA / 2 * theta[i] * theta[i];
    }
    assertThat(Penalties.l1(LAMBDA).value(vector)).isEqualTo(l1, within(1e-14));
    assertThat(Penalties.l2(LAMBDA).value(vector)).isEqualTo(l2, within(1e-14));

    Penalties.l1(LAMBDA).addGradient(vector);
    for (int i = 0; i < WEIGHTS; i++) {
      g[i] += LAMBDA * Math.signum(theta[i]);
    }
    assertNear(doubles(vector.gradients()), g, 1e-14);
    Penalties.l2(LAMBDA).addGradient(vector);
    for (int i = 0; i < WEIGHTS; i++) {
      g[i] += LAMBDA * theta[i];
    }
    assertNear(doubles(vector.gradients()), g, 1e-14);
  }

  @Test
  @Maths("(M52) g ← g c / ‖g‖ where ‖g‖ > c")
  void clippingByNorm() {
    double norm = Math.sqrt(Arrays.stream(g).map(v -> v * v).sum());
    GradientClipping.byNorm(2 * norm).clip(vector);
    assertNear(doubles(vector.gradients()), g, 0);
    double c = norm / 3;
    GradientClipping.byNorm(c).clip(vector);
    double[] expected = Arrays.stream(g).map(v -> v * c / norm).toArray();
    assertNear(doubles(vector.gradients()), expected, 1e-14);
  }

  @Test
  @Maths("(M53) g ← min(max(g, −c), c)")
  void clippingByValue() {
    double c = 0.4;
    GradientClipping.byValue(c).clip(vector);
    double[] expected = Arrays.stream(g).map(v -> Math.min(Math.max(v, -c), c)).toArray();
    assertNear(doubles(vector.gradients()), expected, 0);
    assertThat(expected).isNotEqualTo(g);
  }
}
