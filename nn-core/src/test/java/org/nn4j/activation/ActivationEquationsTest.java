package org.nn4j.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.docs.Maths;

/** The equations of the Javadoc and of docs/maths.md: number by number, and by hand. */
class ActivationEquationsTest {
  /** An activation with σ and σ' as functions of one number, as the Javadoc has them. */
  record Equation(Activation activation, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    @Override
    public String toString() {
      return activation.toString();
    }
  }

  static Stream<Equation> equations() {
    return Stream.of(
        new Equation(Activations.identity(), z -> z, z -> 1),
        new Equation(Activations.sigmoid(), ActivationEquationsTest::s, z -> s(z) * (1 - s(z))),
        new Equation(Activations.tanh(), Math::tanh, z -> 1 - Math.tanh(z) * Math.tanh(z)),
        new Equation(Activations.relu(), z -> Math.max(z, 0), z -> z > 0 ? 1 : 0),
        new Equation(Activations.leakyRelu(), z -> z > 0 ? z : 0.01 * z, z -> z > 0 ? 1 : 0.01),
        new Equation(Activations.leakyRelu(0), z -> z > 0 ? z : 0, z -> z > 0 ? 1 : 0),
        new Equation(Activations.leakyRelu(1.5), z -> z > 0 ? z : 1.5 * z, z -> z > 0 ? 1 : 1.5),
        new Equation(
            Activations.elu(), z -> z > 0 ? z : Math.exp(z) - 1, z -> z > 0 ? 1 : Math.exp(z)),
        new Equation(
            Activations.elu(0.3),
            z -> z > 0 ? z : 0.3 * (Math.exp(z) - 1),
            z -> z > 0 ? 1 : 0.3 * Math.exp(z)),
        new Equation(
            Activations.gelu(), z -> z * cumulative(z), z -> cumulative(z) + z * density(z)),
        new Equation(Activations.silu(), z -> z * s(z), z -> (1 + z * (1 - s(z))) * s(z)),
        new Equation(
            Activations.softplus(),
            z -> Math.log(1 + Math.exp(z)),
            z -> 1 - Math.exp(-Math.log(1 + Math.exp(z)))));
  }

  private static double s(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Φ(z) = 1/2 + ∫ φ from 0 to z, by Simpson's rule. */
  private static double cumulative(double z) {
    int steps = 4000;
    double h = z / steps;
    double sum = density(0) + density(z);
    for (int i = 1; i < steps; i++) {
      sum += (i % 2 == 1 ? 4 : 2) * density(i * h);
    }
    return 0.5 + sum * h / 3;
  }

  @ParameterizedTest
  @MethodSource("equations")
  @Maths({
    "(M11) a = z,  dz = da",
    "(M12) a = 1 / (1 + e^−z),  dz = a (1 − a) da",
    "(M13) a = tanh z,  dz = (1 − a²) da",
    "(M14) a = max(z, 0),  dz = da where a > 0, else 0",
    "(M15) a = z where z > 0, else s z,  dz = da where a > 0, else s da",
    "(M16) a = z where z > 0, else α (e^z − 1),  dz = da where a > 0, else (a + α) da",
    "(M17) a = z Φ(z),  dz = (Φ(z) + z φ(z)) da",
    "(M18) a = z s(z),  dz = (1 + z (1 − s(z))) s(z) da",
    "(M19) a = log(1 + e^z),  dz = (1 − e^−a) da"
  })
  void theBatchIsTheEquationNumberByNumber(Equation equation) {
    INDArray z = random(11, 9, 7).muli(2);
    INDArray dA = random(12, 9, 7);
    double[] a = Arrays.stream(doubles(z)).map(equation.value()).toArray();
    double[] dZ = Arrays.stream(doubles(z)).map(equation.slope()).toArray();
    for (int i = 0; i < dZ.length; i++) {
      dZ[i] *= doubles(dA)[i];
    }
    assertNear(doubles(forward(equation.activation(), z)), a, 1e-12);
    assertNear(doubles(backward(equation.activation(), z, dA)), dZ, 1e-12);
  }

  @Test
  @Maths({
    "(M20) aᵢⱼ = e^(zᵢⱼ − mᵢ) / Σₖ e^(zᵢₖ − mᵢ),  mᵢ = maxₖ zᵢₖ",
    "(M21) ∂aᵢⱼ/∂zᵢₖ = aᵢⱼ (δⱼₖ − aᵢₖ)",
    "(M22) dzᵢₖ = aᵢₖ (daᵢₖ − Σⱼ daᵢⱼ aᵢⱼ)"
  })
  void theSoftmaxIsItsEquationRowByRow() {
    INDArray z = random(11, 9, 7).muli(2);
    INDArray dA = random(12, 9, 7);
    double[][] a = z.toDoubleMatrix();
    double[][] dZ = dA.toDoubleMatrix();
    double[][] byJacobian = new double[9][7];
    for (int i = 0; i < 9; i++) {
      double max = Arrays.stream(a[i]).max().orElseThrow();
      double sum = Arrays.stream(a[i]).map(x -> Math.exp(x - max)).sum();
      a[i] = Arrays.stream(a[i]).map(x -> Math.exp(x - max) / sum).toArray();
      double inner = 0;
      for (int j = 0; j < 7; j++) {
        inner += dZ[i][j] * a[i][j];
        for (int k = 0; k < 7; k++) {
          byJacobian[i][k] += dZ[i][j] * a[i][j] * ((j == k ? 1 : 0) - a[i][k]);
        }
      }
      for (int j = 0; j < 7; j++) {
        dZ[i][j] = a[i][j] * (dZ[i][j] - inner);
      }
    }
    assertNear(forward(Activations.softmax(), z), Nd4j.createFromArray(a), 1e-12);
    assertNear(backward(Activations.softmax(), z, dA), Nd4j.createFromArray(dZ), 1e-12);
    assertNear(backward(Activations.softmax(), z, dA), Nd4j.createFromArray(byJacobian), 1e-12);
  }

  /**
   * By hand, at z = −1 and z = 2, with dA = 3 and 3.
   *
   * <pre>
   * leaky ReLU, slope 0.1:  −1 → −0.1 (below 0: 0.1 · −1)         dZ = 0.1 · 3 = 0.3
   *                          2 → 2                                dZ = 3
   * ELU, α = 2:             −1 → 2 (e⁻¹ − 1) = −1.264241          dZ = (−1.264241 + 2) · 3 = 2.207277
   *                          2 → 2                                dZ = 3
   * GELU:                   −1 → −1 · 0.158655 = −0.158655        dZ = (0.158655 − 0.241971) · 3
   *                          2 → 2 · 0.977250 = 1.954500          dZ = (0.977250 + 2 · 0.053991) · 3
   * SiLU:                   −1 → −1 · 0.268941 = −0.268941        dZ = (1 − 0.731059) 0.268941 · 3
   *                          2 → 2 · 0.880797 = 1.761594          dZ = (1 + 2 · 0.119203) 0.880797 · 3
   * softplus:               −1 → log 1.367879 = 0.313262          dZ = 0.268941 · 3
   *                          2 → log 8.389056 = 2.126928          dZ = 0.880797 · 3
   * </pre>
   */
  @Test
  void agreesWithTheHand() {
    byHand(Activations.leakyRelu(0.1), new double[] {-0.1, 2}, new double[] {0.3, 3});
    byHand(Activations.elu(2), new double[] {-1.264241, 2}, new double[] {2.207277, 3});
    byHand(
        Activations.gelu(), new double[] {-0.158655, 1.9545}, new double[] {-0.249948, 3.255696});
    byHand(
        Activations.silu(), new double[] {-0.268941, 1.761594}, new double[] {0.216989, 3.272353});
    byHand(
        Activations.softplus(),
        new double[] {0.313262, 2.126928},
        new double[] {0.806823, 2.642391});
  }

  private static void byHand(Activation activation, double[] a, double[] dZ) {
    INDArray z = Nd4j.createFromArray(new double[][] {{-1, 2}});
    INDArray dA = Nd4j.createFromArray(new double[][] {{3, 3}});
    assertNear(doubles(forward(activation, z)), a, 2e-6);
    assertNear(doubles(backward(activation, z, dA)), dZ, 4e-6);
  }

  static Stream<Activation> all() {
    return Stream.concat(equations().map(Equation::activation), Stream.of(Activations.softmax()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void farOutValuesAndGradientsAreFinite(Activation activation) {
    for (DataType type : new DataType[] {DOUBLE, FLOAT}) {
      for (double size : new double[] {100, 800, 1e6}) {
        INDArray z = Nd4j.createFromArray(new double[][] {{-size, size}}).castTo(type);
        INDArray dA = Nd4j.ones(type, 1, 2);
        assertThat(DoubleStream.of(doubles(forward(activation, z)))).allMatch(Double::isFinite);
        assertThat(DoubleStream.of(doubles(backward(activation, z, dA))))
            .allMatch(Double::isFinite);
      }
    }
  }

  @Test
  void farBelowZeroTheGeluKeepsItsDigits() {
    // −6 Φ(−6) with Φ(−6) = 9.865876450376946e-10; 1 + erf would leave 7 of these digits.
    double gelu =
        forward(Activations.gelu(), Nd4j.createFromArray(new double[][] {{-6}})).getDouble(0);
    assertThat(gelu / (-6 * 9.865876450376946e-10)).isBetween(1 - 1e-12, 1 + 1e-12);
  }

  private static INDArray forward(Activation activation, INDArray z) {
    INDArray a = z.ulike();
    activation.forward(z, a);
    return a;
  }

  private static INDArray backward(Activation activation, INDArray z, INDArray dA) {
    INDArray dZ = z.ulike();
    activation.backward(dA, activation.needsPreActivation() ? z : forward(activation, z), dZ);
    return dZ;
  }
}
