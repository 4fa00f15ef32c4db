package org.nn4j.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;

class InitializersTest {
  private static final Shape SHAPE = Shape.of(300, 200);

  /** The initialiser, its variance, and the largest size of a number it may give. */
  static Stream<Arguments> variances() {
    double glorot = 2.0 / 500;
    double he = 2.0 / 300;
    return Stream.of(
        Arguments.of(Initializers.normal(), 1.0, 6.0),
        Arguments.of(Initializers.normal(0, 0.1), 0.01, 0.6),
        Arguments.of(Initializers.glorot(), glorot, 1.0),
        Arguments.of(Initializers.glorotUniform(), glorot, Math.sqrt(3 * glorot)),
        Arguments.of(Initializers.he(), he, 1.0),
        Arguments.of(Initializers.heUniform(), he, Math.sqrt(3 * he)));
  }

  @ParameterizedTest
  @MethodSource("variances")
  void numbersHaveMeanZeroAndTheVarianceOfTheEquation(
      Initializer initializer, double variance, double limit) {
    double[] w = doubles(initializer.create(SHAPE, DOUBLE, new SeededRandom(1)));
    double mean = Arrays.stream(w).sum() / w.length;
    double squares = Arrays.stream(w).map(v -> v * v).sum() / w.length;
    assertThat(mean).isEqualTo(0, within(0.02 * Math.sqrt(variance)));
    assertThat(squares).isEqualTo(variance, within(0.03 * variance));
    assertThat(Arrays.stream(w).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(limit);
  }

  @Test
  void theSeedDecidesTheNumbersWhateverTheDataType() {
    INDArray doubles = Initializers.he().create(SHAPE, DOUBLE, new SeededRandom(5));
    INDArray floats = Initializers.he().create(SHAPE, FLOAT, new SeededRandom(5));
    assertThat(floats.dataType()).isEqualTo(FLOAT);
    assertThat(floats.shape()).containsExactly(300, 200);
    assertThat(doubles(floats)).containsExactly(doubles(doubles.castTo(FLOAT)));
  }

  @Test
  void constantsAreTheSameEverywhere() {
    SeededRandom random = new SeededRandom(1);
    assertThat(doubles(Initializers.zeros().create(SHAPE, FLOAT, random))).containsOnly(0);
    assertThat(doubles(Initializers.constant(2).create(SHAPE, FLOAT, random))).containsOnly(2);
  }

  @Test
  void theDefaultFollowsTheActivation() {
    assertThat(Initializers.defaultFor(Activations.relu())).isEqualTo(Initializers.he());
    assertThat(Initializers.defaultFor(Activations.tanh())).isEqualTo(Initializers.glorot());
  }

  @Test
  void refusesBadArguments() {
    assertThatThrownBy(() -> Initializers.normal(0, -1))
        .hasMessage(
            "Normal: expected standard deviation above 0 and finite, found -1.0; correct this"
                + " argument");
    assertThatThrownBy(() -> Initializers.normal(Double.NaN, 1))
        .hasMessage("Normal: expected a finite mean, found NaN; correct this argument");
    assertThatThrownBy(() -> Initializers.constant(Double.NaN))
        .hasMessage("Constant: expected a finite value, found NaN; correct this argument");
  }
}
