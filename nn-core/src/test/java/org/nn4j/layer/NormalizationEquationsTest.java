package org.nn4j.layer;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.docs.Maths;

/** The equations of docs/maths.md for normalizing layers, in plain loops. */
class NormalizationEquationsTest {
  private static final int ROWS = 6;
  private static final int N = 4;
  private static final double EPSILON = 1e-2;
  private static final double MOMENTUM = 0.3;

  private final double[][] x = random(1, ROWS, N).muli(3).addi(1).toDoubleMatrix();
  private final double[][] dY = random(2, ROWS, N).toDoubleMatrix();
  private final double[] gamma = doubles(random(3, N));
  private final double[] beta = doubles(random(4, N));
  private final double[] r = doubles(random(5, N));
  private final double[] q = doubles(random(6, N).muli(0.1).addi(2));
  private final Layer batch =
      with(
          Layers.batchNormalization(EPSILON, MOMENTUM)
              .build(Shape.of(N), DOUBLE, new SeededRandom(1)),
          gamma,
          beta,
          r,
          q);
  private final Layer rows =
      with(
          Layers.layerNormalization(EPSILON).build(Shape.of(N), DOUBLE, new SeededRandom(1)),
          gamma,
          beta);

  private static Layer with(Layer layer, double[]... values) {
    for (int i = 0; i < values.length; i++) {
      layer.parameters().get(i).value().assign(Nd4j.createFromArray(values[i]));
    }
    return layer;
  }

  private static INDArray array(double[][] numbers) {
    return Nd4j.createFromArray(numbers);
  }

  /** A vector brought to mean 0 and variance 1, and what that took. */
  private static final class Normal {
    final double mean;
    final double variance;
    final double s;
    final double[] hat;

    Normal(double[] x) {
      double sum = 0;
      double squares = 0;
      for (double value : x) {
        sum += value;
      }
      mean = sum / x.length;
      for (double value : x) {
        squares += (value - mean) * (value - mean);
      }
      variance = squares / x.length;
      s = Math.sqrt(variance + EPSILON);
      hat = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        hat[i] = (x[i] - mean) / s;
      }
    }

    /** (M29) in (M1). */
    double[] throughTheJacobian(double[] g) {
      int n = g.length;
      double[] dX = new double[n];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          double ratio = ((k == i ? 1 : 0) - 1.0 / n - hat[k] * hat[i] / n) / s;
          dX[i] += g[k] * ratio;
        }
      }
      return dX;
    }

    /** (g − mean g − x̂ mean(g x̂)) / s. */
    double[] withoutMeans(double[] g) {
      double mean = 0;
      double meanOfProducts = 0;
      for (int i = 0; i < g.length; i++) {
        mean += g[i] / g.length;
        meanOfProducts += g[i] * hat[i] / g.length;
      }
      double[] dX = new double[g.length];
      for (int i = 0; i < g.length; i++) {
        dX[i] = (g[i] - mean - hat[i] * meanOfProducts) / s;
      }
      return dX;
    }
  }

  private static double[] column(double[][] matrix, int j) {
    double[] column = new double[matrix.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = matrix[i][j];
    }
    return column;
  }

  private static double[] times(double factor, double[] vector) {
    double[] product = vector.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= factor;
    }
    return product;
  }

  private static void putColumn(double[][] matrix, int j, double[] column) {
    for (int i = 0; i < column.length; i++) {
      matrix[i][j] = column[i];
    }
  }

  @Test
  @Maths({
    "(M26) μ = (1 / B) Σᵢ xᵢ,  v = (1 / B) Σᵢ (xᵢ − μ)²",
    "(M27) x̂ᵢ = (xᵢ − μ) / s,  yᵢ = γ x̂ᵢ + β",
    "(M28) r ← (1 − m) r + m μ,  q ← (1 − m) q + m v B / (B − 1)"
  })
  void batchNormalizationForward() {
    double[][] y = new double[ROWS][N];
    double[] newR = new double[N];
    double[] newQ = new double[N];
    for (int j = 0; j < N; j++) {
      Normal normal = new Normal(column(x, j));
      for (int i = 0; i < ROWS; i++) {
        y[i][j] = gamma[j] * normal.hat[i] + beta[j];
      }
      newR[j] = (1 - MOMENTUM) * r[j] + MOMENTUM * normal.mean;
      newQ[j] = (1 - MOMENTUM) * q[j] + MOMENTUM * normal.variance * ROWS / (ROWS - 1);
    }
    assertNear(batch.forward(array(x), Pass.training()), array(y), 1e-13);
    assertNear(doubles(batch.parameters().get(2).value()), newR, 1e-14);
    assertNear(doubles(batch.parameters().get(3).value()), newQ, 1e-14);
  }

  @Test
  @Maths({
    "(M29) ∂x̂ₙ/∂xᵢ = (δₙᵢ − 1 / B − x̂ₙ x̂ᵢ / B) / s",
    "(M30) dγ = Σᵢ dyᵢ x̂ᵢ,  dβ = Σᵢ dyᵢ",
    "(M31) dxᵢ = (gᵢ − mean g − x̂ᵢ mean(g x̂)) / s,  g = γ dy"
  })
  void batchNormalizationBackward() {
    double[][] byJacobian = new double[ROWS][N];
    double[][] byMeans = new double[ROWS][N];
    double[] dGamma = new double[N];
    double[] dBeta = new double[N];
    for (int j = 0; j < N; j++) {
      Normal normal = new Normal(column(x, j));
      double[] g = times(gamma[j], column(dY, j));
      putColumn(byJacobian, j, normal.throughTheJacobian(g));
      putColumn(byMeans, j, normal.withoutMeans(g));
      for (int i = 0; i < ROWS; i++) {
        dGamma[j] += dY[i][j] * normal.hat[i];
        dBeta[j] += dY[i][j];
      }
    }
    Pass pass = Pass.training();
    batch.forward(array(x), pass);
    INDArray dX = batch.backward(array(dY), pass);
    assertNear(dX, array(byJacobian), 1e-13);
    assertNear(dX, array(byMeans), 1e-13);
    assertGradients(batch, dGamma, dBeta);
  }

  private static void assertGradients(Layer layer, double[] dGamma, double[] dBeta) {
    List<Parameter> parameters = layer.parameters();
    assertNear(doubles(parameters.get(0).gradient()), dGamma, 1e-13);
    assertNear(doubles(parameters.get(1).gradient()), dBeta, 1e-13);
  }

  @Test
  @Maths("(M32) dxᵢ = γ dyᵢ / √(q + ε)")
  void batchNormalizationInInference() {
    double[][] y = new double[ROWS][N];
    double[][] expected = new double[ROWS][N];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < N; j++) {
        y[i][j] = gamma[j] * (x[i][j] - r[j]) / Math.sqrt(q[j] + EPSILON) + beta[j];
        expected[i][j] = gamma[j] * dY[i][j] / Math.sqrt(q[j] + EPSILON);
      }
    }
    Pass pass = Pass.inference();
    assertNear(batch.forward(array(x), pass), array(y), 1e-13);
    assertNear(batch.backward(array(dY), pass), array(expected), 1e-13);
  }

  @Test
  @Maths({
    "(M33) x̂ᵢⱼ = (xᵢⱼ − μᵢ) / √(vᵢ + ε),  yᵢⱼ = γⱼ x̂ᵢⱼ + βⱼ",
    "(M34) dxᵢⱼ = (gᵢⱼ − meanₖ gᵢₖ − x̂ᵢⱼ meanₖ(gᵢₖ x̂ᵢₖ)) / √(vᵢ + ε),  gᵢⱼ = γⱼ dyᵢⱼ"
  })
  void layerNormalization() {
    double[][] y = new double[ROWS][N];
    double[][] dX = new double[ROWS][];
    double[] dGamma = new double[N];
    double[] dBeta = new double[N];
    for (int i = 0; i < ROWS; i++) {
      Normal normal = new Normal(x[i]);
      double[] g = new double[N];
      for (int j = 0; j < N; j++) {
        y[i][j] = gamma[j] * normal.hat[j] + beta[j];
        g[j] = gamma[j] * dY[i][j];
        dGamma[j] += dY[i][j] * normal.hat[j];
        dBeta[j] += dY[i][j];
      }
      dX[i] = normal.withoutMeans(g);
      assertNear(normal.throughTheJacobian(g), dX[i], 1e-13);
    }
    Pass pass = Pass.training();
    assertNear(rows.forward(array(x), pass), array(y), 1e-13);
    assertNear(rows.backward(array(dY), pass), array(dX), 1e-13);
    assertGradients(rows, dGamma, dBeta);
  }
}
