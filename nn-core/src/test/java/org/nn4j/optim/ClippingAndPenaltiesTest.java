package org.nn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;

class ClippingAndPenaltiesTest {
  /** Weights 3, −4, 0 and a bias 10; gradients as given. */
  private static ParameterVector vector(DataType type, double... gradients) {
    ParameterVector vector =
        ParameterVector.pack(
            type,
            List.of(
                List.of(
                    new Parameter(
                        "weight",
                        Parameter.Role.WEIGHT,
                        Nd4j.createFromArray(3.0, -4.0, 0.0).castTo(type)),
                    new Parameter(
                        "bias", Parameter.Role.BIAS, Nd4j.createFromArray(10.0).castTo(type)))));
    vector.gradients().assign(Nd4j.createFromArray(gradients).castTo(type));
    return vector;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void byNormShortensTheWholeVector(DataType type) {
    ParameterVector vector = vector(type, 1, -5, 7, 5);
    // √(1 + 25 + 49 + 25) = 10.
    GradientClipping.byNorm(2).clip(vector);
    assertNear(doubles(vector.gradients()), new double[] {0.2, -1, 1.4, 1}, 1e-7);
    GradientClipping.byNorm(2.1).clip(vector);
    assertNear(doubles(vector.gradients()), new double[] {0.2, -1, 1.4, 1}, 1e-7);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void byValueBoundsEachGradient(DataType type) {
    ParameterVector vector = vector(type, 1, -5, 7, -2);
    GradientClipping.byValue(2).clip(vector);
    assertThat(doubles(vector.gradients())).containsExactly(1, -2, 2, -2);
  }

  @Test
  void clippingDoesNotHideDivergence() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      ParameterVector vector = vector(FLOAT, 1, bad, 3, 4);
      GradientClipping.byNorm(1).clip(vector);
      assertThat(doubles(vector.gradients())).containsExactly(1, bad, 3, 4);
    }
    ParameterVector vector = vector(FLOAT, 1, Double.NaN, 3, 4);
    GradientClipping.byValue(2).clip(vector);
    assertThat(doubles(vector.gradients())).containsExactly(1, Double.NaN, 2, 2);
  }

  @Test
  void theNormOfMillionsOfFloatsIsRight() {
    int n = 10_000_000;
    Parameter weight = new Parameter("w", Parameter.Role.WEIGHT, Nd4j.create(FLOAT, n).assign(0.5));
    ParameterVector vector = ParameterVector.pack(FLOAT, List.of(List.of(weight)));
    vector.gradients().assign(0.5);
    GradientClipping.byNorm(1).clip(vector);
    assertThat(vector.gradients().getDouble(n - 1))
        .isCloseTo(1 / Math.sqrt(n), within(1e-6 / Math.sqrt(n)));
    assertThat(Penalties.l2(1).value(vector)).isCloseTo(n / 8.0, within(n * 1e-6));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void l1IsTheSumOfAbsoluteWeights(DataType type) {
    ParameterVector vector = vector(type, 1, 1, 1, 1);
    Penalty l1 = Penalties.l1(0.5);
    assertThat(l1.value(vector)).isEqualTo(0.5 * (3 + 4 + 0));
    l1.addGradient(vector);
    assertThat(doubles(vector.gradients())).containsExactly(1.5, 0.5, 1, 1);
    assertThat(doubles(vector.values())).containsExactly(3, -4, 0, 10);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void l2IsHalfTheSumOfSquaredWeights(DataType type) {
    ParameterVector vector = vector(type, 1, 1, 1, 1);
    Penalty l2 = Penalties.l2(0.5);
    assertThat(l2.value(vector)).isCloseTo(0.25 * (9 + 16 + 0), within(1e-6));
    l2.addGradient(vector);
    assertThat(doubles(vector.gradients())).containsExactly(2.5, -1, 1, 1);
    assertThat(doubles(vector.values())).containsExactly(3, -4, 0, 10);
  }

  @Test
  void thePenaltiesGradientsAreTheDerivativesOfTheirValues() {
    double h = 1e-6;
    for (Penalty penalty : List.of(Penalties.l1(0.7), Penalties.l2(0.7))) {
      ParameterVector vector = vector(DOUBLE, 0, 0, 0, 0);
      penalty.addGradient(vector);
      for (int i : new int[] {0, 1, 3}) {
        double at = vector.values().getDouble(i);
        vector.values().putScalar(i, at + h);
        double above = penalty.value(vector);
        vector.values().putScalar(i, at - h);
        double below = penalty.value(vector);
        vector.values().putScalar(i, at);
        assertThat(vector.gradients().getDouble(i))
            .as("%s at %s", penalty, i)
            .isCloseTo((above - below) / (2 * h), within(1e-8));
      }
    }
  }

  @Test
  void onePenaltyServesVectorsOfAnySizeAndType() {
    Penalty l1 = Penalties.l1(1);
    assertThat(l1.value(vector(FLOAT, 0, 0, 0, 0))).isEqualTo(7);
    assertThat(l1.value(vector(DOUBLE, 0, 0, 0, 0))).isEqualTo(7);
  }

  @Test
  void anEmptyVectorIsNothingToDo() {
    ParameterVector empty = ParameterVector.pack(FLOAT, List.of());
    GradientClipping.byNorm(1).clip(empty);
    GradientClipping.byValue(1).clip(empty);
    for (Penalty penalty : List.of(Penalties.l1(1), Penalties.l2(1))) {
      penalty.addGradient(empty);
      assertThat(penalty.value(empty)).isZero();
    }
  }
}
