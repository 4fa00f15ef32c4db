package org.nn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.tanh;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.docs.Maths;
import org.nn4j.init.Initializers;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;

/** The equations of docs/maths.md for layers without normalization, in plain loops. */
class LayerEquationsTest {
  private static final int ROWS = 5;
  private static final int IN = 4;
  private static final int OUT = 3;

  private final Layer dense =
      Layers.dense(OUT, tanh(), Initializers.normal(), Initializers.normal())
          .build(Shape.of(IN), DOUBLE, new SeededRandom(1));
  private final double[][] w = dense.parameters().get(0).value().toDoubleMatrix();
  private final double[] b = dense.parameters().get(1).value().toDoubleVector();
  private final Pass pass = Pass.training();
  private final double[][] x = random(2, ROWS, IN).toDoubleMatrix();
  private final double[][] dA = random(3, ROWS, OUT).toDoubleMatrix();

  private static INDArray array(double[][] rows) {
    return Nd4j.createFromArray(rows);
  }

  private double z(double[] input, int j) {
    double sum = b[j];
    for (int k = 0; k < IN; k++) {
      sum += input[k] * w[k][j];
    }
    return sum;
  }

  private double[][] dZ() {
    double[][] dZ = new double[ROWS][OUT];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUT; j++) {
        double a = Math.tanh(z(x[i], j));
        dZ[i][j] = (1 - a * a) * dA[i][j];
      }
    }
    return dZ;
  }

  /** The ratios are measured: how much each output turns with an input. */
  @Test
  @Maths("(M1) dxₖ = Σⱼ dzⱼ ∂zⱼ/∂xₖ")
  void theTurnsOfAllPathsAddUp() {
    double h = 1e-5;
    INDArray before = array(x);
    INDArray after = array(x);
    double[][] expected = new double[ROWS][IN];
    for (int k = 0; k < IN; k++) {
      before.getColumn(k).subi(h);
      after.getColumn(k).addi(h);
      double[][] low = dense.forward(before, Pass.inference()).toDoubleMatrix();
      double[][] high = dense.forward(after, Pass.inference()).toDoubleMatrix();
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < OUT; j++) {
          expected[i][k] += dA[i][j] * (high[i][j] - low[i][j]) / (2 * h);
        }
      }
      before.getColumn(k).addi(h);
      after.getColumn(k).subi(h);
    }
    dense.forward(array(x), pass);
    assertNear(dense.backward(array(dA), pass), array(expected), 1e-8);
  }

  @Test
  @Maths("(M2) dL/dw = −2 (y − x w − b) x")
  void oneWeightByHand() {
    double x = 2;
    double w = 0.5;
    double b = 0.3;
    double y = 2.57;
    Network network =
        Network.builder(1)
            .dense(1, identity(), Initializers.constant(w))
            .biases(Initializers.constant(b))
            .dataType(DOUBLE)
            .build();
    Loss squaredError = Losses.squaredError();
    INDArray z = network.forward(array(new double[][] {{x}}), network.trainingPass());
    double loss = squaredError.forward(z, array(new double[][] {{y}}), network.trainingPass());
    assertThat(loss).isEqualTo(1.6129, within(1e-15));
    network.backward(squaredError.backward(network.trainingPass()), network.trainingPass());
    double dW = -2 * (y - x * w - b) * x;
    assertThat(dW).isEqualTo(-5.08, within(1e-15));
    assertNear(doubles(network.parameters().gradients()), new double[] {dW, -2.54}, 1e-15);
  }

  @Test
  @Maths({"(M4) zᵢⱼ = Σₖ xᵢₖ wₖⱼ + bⱼ", "(M5) aᵢⱼ = σ(zᵢⱼ)"})
  void denseForward() {
    double[][] expected = new double[ROWS][OUT];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUT; j++) {
        expected[i][j] = Math.tanh(z(x[i], j));
      }
    }
    assertNear(dense.forward(array(x), pass), array(expected), 1e-14);
  }

  @Test
  @Maths({
    "(M6) dzᵢⱼ = σ'(zᵢⱼ) daᵢⱼ",
    "(M7) dwₖⱼ = Σᵢ xᵢₖ dzᵢⱼ",
    "(M8) dbⱼ = Σᵢ dzᵢⱼ",
    "(M9) dxᵢₖ = Σⱼ dzᵢⱼ wₖⱼ"
  })
  void denseBackward() {
    double[][] dZ = dZ();
    double[][] dW = new double[IN][OUT];
    double[] db = new double[OUT];
    double[][] dX = new double[ROWS][IN];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < OUT; j++) {
        db[j] += dZ[i][j];
        for (int k = 0; k < IN; k++) {
          dW[k][j] += x[i][k] * dZ[i][j];
          dX[i][k] += dZ[i][j] * w[k][j];
        }
      }
    }
    dense.forward(array(x), pass);
    assertNear(dense.backward(array(dA), pass), array(dX), 1e-13);
    assertNear(dense.parameters().get(0).gradient(), array(dW), 1e-13);
    assertNear(dense.parameters().get(1).gradient(), Nd4j.createFromArray(db), 1e-13);
  }

  /** The gradient of the first layer's bias is the sum of its dZ. */
  @Test
  @Maths("(M10) dz₁ᵢₖ = σ'(z₁ᵢₖ) Σⱼ dz₂ᵢⱼ w₂ₖⱼ")
  void theSecondLayersDzIsAllThatTheFirstNeeds() {
    Network network =
        Network.builder(2).dense(IN, tanh()).dense(OUT).dataType(DOUBLE).seed(4).build();
    double[][] input = random(5, ROWS, 2).toDoubleMatrix();
    double[][] w1 = network.parameters().get(0).value().toDoubleMatrix();
    double[][] w2 = network.parameters().get(2).value().toDoubleMatrix();
    double[] db1 = new double[IN];
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < IN; k++) {
        double a1 = Math.tanh(input[i][0] * w1[0][k] + input[i][1] * w1[1][k]);
        double dA1 = 0;
        for (int j = 0; j < OUT; j++) {
          dA1 += dA[i][j] * w2[k][j];
        }
        db1[k] += (1 - a1 * a1) * dA1;
      }
    }
    network.forward(array(input), network.trainingPass());
    network.backward(array(dA), network.trainingPass());
    assertNear(doubles(network.parameters().get(1).gradient()), db1, 1e-13);
  }

  @Test
  @Maths({
    "(M23) yᵢⱼ = mᵢⱼ xᵢⱼ,  mᵢⱼ = 0 with probability p, else 1 / (1 − p)",
    "(M24) dxᵢⱼ = mᵢⱼ dyᵢⱼ"
  })
  void dropout() {
    double p = 0.3;
    Layer dropout = Layers.dropout(p).build(Shape.of(200), DOUBLE, new SeededRandom(1));
    double[] m = doubles(dropout.forward(Nd4j.ones(DOUBLE, 50, 200), Pass.training()));
    int dropped = 0;
    for (double mask : m) {
      dropped += mask == 0 ? 1 : 0;
      assertThat(mask == 0 || Math.abs(mask - 1 / (1 - p)) < 1e-15).isTrue();
    }
    assertThat((double) dropped / m.length).isEqualTo(p, within(0.02));

    INDArray input = random(6, 50, 200);
    INDArray dY = random(7, 50, 200);
    double[] y = doubles(input);
    double[] dX = doubles(dY);
    for (int n = 0; n < m.length; n++) {
      y[n] *= m[n];
      dX[n] *= m[n];
    }
    assertNear(doubles(dropout.forward(input, pass)), y, 1e-15);
    assertNear(doubles(dropout.backward(dY, pass)), dX, 1e-15);
  }

  @Test
  @Maths("(M25) yᵢₙ = xᵢⱼₖ,  dxᵢⱼₖ = dyᵢₙ,  n = j w + k")
  void flattening() {
    int width = 4;
    Layer flatten = Layers.flatten().build(Shape.of(3, width), DOUBLE, new SeededRandom(1));
    INDArray input = random(8, ROWS, 3, width);
    INDArray y = flatten.forward(input, pass);
    assertThat(y.shape()).containsExactly(ROWS, 3L * width);
    INDArray dY = random(9, ROWS, 3L * width);
    INDArray dX = flatten.backward(dY, pass);
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < width; k++) {
          int n = j * width + k;
          assertThat(y.getDouble(i, n)).isEqualTo(input.getDouble(i, j, k));
          assertThat(dX.getDouble(i, j, k)).isEqualTo(dY.getDouble(i, n));
        }
      }
    }
  }
}
