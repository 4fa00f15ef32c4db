package org.nn4j.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Initializer;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.docs.Maths;

class InitializersTest {
  private static final Shape SHAPE = Shape.of(300, 200);

  /** The initializer, its variance, and the largest magnitude of an element. */
  static Stream<Arguments> variances() {
    double glorot = 2.0 / 500;
    double he = 2.0 / 300;
    double lecun = 1.0 / 300;
    // 1 − 2 t φ(t) / (2 Φ(t) − 1) at t = 2, with φ(2) = 0.0539909665 and Φ(2) = 0.9772498681.
    double truncated = 1 - 4 * 0.0539909665 / 0.9544997361;
    return Stream.of(
        Arguments.of(Initializers.normal(), 1.0, 6.0),
        Arguments.of(Initializers.normal(0, 0.1), 0.01, 0.6),
        Arguments.of(Initializers.glorot(), glorot, 1.0),
        Arguments.of(Initializers.glorotUniform(), glorot, Math.sqrt(3 * glorot)),
        Arguments.of(Initializers.he(), he, 1.0),
        Arguments.of(Initializers.heUniform(), he, Math.sqrt(3 * he)),
        Arguments.of(Initializers.lecun(), lecun, 1.0),
        Arguments.of(Initializers.lecunUniform(), lecun, Math.sqrt(3 * lecun)),
        Arguments.of(Initializers.uniform(-0.5, 0.5), 1.0 / 12, 0.5),
        Arguments.of(Initializers.truncatedNormal(0, 0.1), 0.01 * truncated, 0.2),
        Arguments.of(Initializers.orthogonal(), 1.0 / 300, 1.0));
  }

  @ParameterizedTest
  @MethodSource("variances")
  @Maths({
    "(M77) Var w = 2 / (in + out)",
    "(M78) Var w = 2 / in",
    "(M79) Var w = 1 / in",
    "(M80) Var w = (high − low)² / 12",
    "(M81) Var w = (1 − 2 t φ(t) / (2 Φ(t) − 1)) σ², t = 2"
  })
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

  @ParameterizedTest
  @MethodSource("variances")
  void oneSeedGivesOneArrayAndAnotherAnother(
      Initializer initializer, double variance, double limit) {
    double[] once = doubles(initializer.create(SHAPE, DOUBLE, new SeededRandom(3)));
    assertThat(doubles(initializer.create(SHAPE, DOUBLE, new SeededRandom(3))))
        .containsExactly(once);
    assertThat(doubles(initializer.create(SHAPE, DOUBLE, new SeededRandom(4)))).isNotEqualTo(once);
  }

  @Test
  void aUniformOrTruncatedDistributionMayLieAnywhere() {
    double[] uniform =
        doubles(Initializers.uniform(2, 5).create(SHAPE, DOUBLE, new SeededRandom(1)));
    assertThat(Arrays.stream(uniform).average().orElseThrow()).isEqualTo(3.5, within(0.01));
    assertThat(Arrays.stream(uniform).min().orElseThrow()).isBetween(2.0, 2.001);
    assertThat(Arrays.stream(uniform).max().orElseThrow()).isBetween(4.999, 5.0);

    double[] truncated =
        doubles(Initializers.truncatedNormal(10, 3).create(SHAPE, DOUBLE, new SeededRandom(1)));
    assertThat(Arrays.stream(truncated).average().orElseThrow()).isEqualTo(10, within(0.03));
    assertThat(Arrays.stream(truncated).min().orElseThrow()).isBetween(4.0, 4.01);
    assertThat(Arrays.stream(truncated).max().orElseThrow()).isBetween(15.99, 16.0);
  }

  @ParameterizedTest
  @CsvSource({"20, 20", "30, 7", "7, 30", "1, 5", "5, 1", "1, 1", "784, 64"})
  @Maths("(M82) Wᵀ·W = gain² I where in ≥ out, else W·Wᵀ = gain² I")
  void orthogonalMatricesHaveOrthonormalColumnsOrRows(int in, int out) {
    INDArray w = Initializers.orthogonal().create(Shape.of(in, out), DOUBLE, new SeededRandom(9));
    INDArray products = in >= out ? w.transpose().mmul(w) : w.mmul(w.transpose());
    assertNear(products, Nd4j.eye(Math.min(in, out)).castTo(DOUBLE), 1e-10);
  }

  @Test
  @Maths("(M82) Wᵀ·W = gain² I where in ≥ out, else W·Wᵀ = gain² I")
  void theGainIsTheLengthOfEachColumn() {
    INDArray w = Initializers.orthogonal(3).create(Shape.of(12, 4), FLOAT, new SeededRandom(9));
    assertThat(w.dataType()).isEqualTo(FLOAT);
    assertNear(w.transpose().mmul(w), Nd4j.eye(4).mul(9), 1e-5);
  }

  /** The first column of an orthogonal 2 x 2 matrix points anywhere on the circle, alike often. */
  @Test
  void allOrthogonalMatricesAreEquallyLikely() {
    SeededRandom random = new SeededRandom(17);
    int[][] counts = new int[4][2];
    for (int i = 0; i < 4000; i++) {
      double[] w = doubles(Initializers.orthogonal().create(Shape.of(2, 2), DOUBLE, random));
      int quadrant = (w[0] > 0 ? 0 : 1) + (w[2] > 0 ? 0 : 2);
      boolean rotation = w[0] * w[3] - w[1] * w[2] > 0;
      counts[quadrant][rotation ? 1 : 0]++;
    }
    for (int[] quadrant : counts) {
      assertThat(quadrant[0]).isBetween(430, 570);
      assertThat(quadrant[1]).isBetween(430, 570);
    }
  }

  @Test
  void moreDimensionsAreAMatrixOfTheLastOne() {
    INDArray w = Initializers.orthogonal().create(Shape.of(3, 4, 5), DOUBLE, new SeededRandom(2));
    assertThat(w.shape()).containsExactly(3, 4, 5);
    INDArray matrix = w.reshape('c', 12, 5);
    assertNear(matrix.transpose().mmul(matrix), Nd4j.eye(5).castTo(DOUBLE), 1e-10);
  }

  @Test
  void givenNumbersAreCopied() {
    INDArray numbers = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Initializer given = Initializers.given(numbers);
    numbers.assign(0);
    SeededRandom random = new SeededRandom(1);
    INDArray first = given.create(Shape.of(3, 2), DOUBLE, random);
    assertThat(doubles(first)).containsExactly(1, 2, 3, 4, 5, 6);
    first.assign(0);
    assertThat(doubles(given.create(Shape.of(3, 2), DOUBLE, random)))
        .containsExactly(1, 2, 3, 4, 5, 6);
    INDArray floats = given.create(Shape.of(3, 2), FLOAT, random);
    assertThat(floats.dataType()).isEqualTo(FLOAT);
    assertThat(doubles(floats)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(given).hasToString("Given[[3, 2]]");

    INDArray transposed = first.assign(Nd4j.arange(6).reshape(3, 2)).transpose();
    assertThat(doubles(Initializers.given(transposed).create(Shape.of(2, 3), DOUBLE, random)))
        .containsExactly(0, 2, 4, 1, 3, 5);
  }

  @Test
  void refusesOtherShapes() {
    SeededRandom random = new SeededRandom(1);
    assertThatThrownBy(
            () -> Initializers.given(Nd4j.create(3, 2)).create(Shape.of(2, 3), FLOAT, random))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Given: expected a parameter of the shape of the values, [3, 2], found [2, 3]; pass"
                + " values of the parameter's shape; weights are [in, out], biases [out]");
    assertThatThrownBy(() -> Initializers.orthogonal().create(Shape.of(3), FLOAT, random))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Orthogonal: expected a matrix, [in, out], found [3]; use it for weights; biases start"
                + " from zeros");
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
            "Normal: expected a positive, finite standard deviation, found -1.0; pass a number above 0");
    assertThatThrownBy(() -> Initializers.normal(Double.NaN, 1))
        .hasMessage("Normal: expected a finite mean, found NaN; check how it is computed");
    assertThatThrownBy(() -> Initializers.constant(Double.NaN))
        .hasMessage("Constant: expected a finite value, found NaN; check how it is computed");
    assertThatThrownBy(() -> Initializers.uniform(1, 1))
        .hasMessage("Uniform: expected high above low, 1.0, found 1.0; correct the argument");
    assertThatThrownBy(() -> Initializers.uniform(Double.NaN, 1))
        .hasMessage("Uniform: expected a finite low, found NaN; check how it is computed");
    assertThatThrownBy(() -> Initializers.uniform(0, Double.POSITIVE_INFINITY))
        .hasMessage("Uniform: expected a finite high, found Infinity; check how it is computed");
    assertThatThrownBy(() -> Initializers.uniform(-Double.MAX_VALUE, Double.MAX_VALUE))
        .hasMessage(
            "Uniform: expected a finite distance from low to high, found Infinity; check how it is computed");
    assertThatThrownBy(() -> Initializers.truncatedNormal(0, 0))
        .hasMessage(
            "TruncatedNormal: expected a positive, finite standard deviation, found 0.0; pass a number above 0");
    assertThatThrownBy(() -> Initializers.truncatedNormal(Double.NaN, 1))
        .hasMessage("TruncatedNormal: expected a finite mean, found NaN; check how it is computed");
    assertThatThrownBy(() -> Initializers.orthogonal(-1))
        .hasMessage(
            "Orthogonal: expected a positive, finite gain, found -1.0; pass a number above 0");
  }
}
