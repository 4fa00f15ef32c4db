package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Sigmoid-weighted linear unit, also called swish.
 *
 * <pre>
 * S  = 1 / (1 + e^−Z)
 * A  = Z S
 * dZ = (1 + Z (1 − S)) S dA
 * </pre>
 *
 * <p>The derivative needs {@code Z}: two pre-activations below 0 can have one output. Finite for
 * every finite {@code Z}. Of the ReLU family. Sources: Hendrycks and Gimpel, "Gaussian Error Linear
 * Units (GELUs)" (arXiv:1606.08415), section 2, which names it; Elfwing, Uchibe and Doya,
 * "Sigmoid-Weighted Linear Units" (Neural Networks 107, 2018). Shapes: any. Thread-safe.
 */
record Silu() implements StandardActivation {
  private static final Formula.Elementwise<Silu> FORWARD =
      Formula.of(Silu::loop, Silu::loop, Silu::operations);
  private static final Formula.Pairwise<Silu> BACKWARD =
      Formula.of(Silu::gradientLoop, Silu::gradientLoop, Silu::gradientOperations);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = (float) (z[i] / (1 + Functions.exp(-z[i])));
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] /= 1 + Math.exp(-z[i]);
    }
  }

  private void operations(INDArray z, INDArray a) {
    Nd4j.exec(new Swish(z, a));
  }

  @Override
  public void backward(INDArray dA, INDArray z, INDArray dZ) {
    BACKWARD.apply(this, dA, z, dZ);
  }

  private void gradientLoop(float[] gradient, float[] z, int n) {
    for (int i = 0; i < n; i++) {
      double s = 1 / (1 + Functions.exp(-z[i]));
      gradient[i] *= (float) (s * (1 + z[i] * (1 - s)));
    }
  }

  private void gradientLoop(double[] gradient, double[] z, int n) {
    for (int i = 0; i < n; i++) {
      double s = 1 / (1 + Math.exp(-z[i]));
      gradient[i] *= s * (1 + z[i] * (1 - s));
    }
  }

  private void gradientOperations(INDArray dA, INDArray z, INDArray dZ) {
    // Not ND4J's SwishDerivative, which is NaN at 100 in float and at 800 in double.
    try (INDArray s = z.ulike()) {
      Nd4j.exec(new Sigmoid(z, s));
      s.rsub(1, dZ);
      dZ.muli(z);
      dZ.addi(1);
      dZ.muli(s);
    }
    dZ.muli(dA);
  }

  @Override
  public boolean needsPreActivation() {
    return true;
  }

  @Override
  public boolean isRectifier() {
    return true;
  }

  @Override
  public OutputRange range() {
    return OutputRange.BOUNDED;
  }

  @Override
  public String toString() {
    return "silu";
  }
}
