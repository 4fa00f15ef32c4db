package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Logistic sigmoid.
 *
 * <pre>
 * A  = 1 / (1 + e^−Z)
 * dZ = A (1 − A) dA           A (1 − A) is the derivative; dA = ∂L/∂A
 * </pre>
 *
 * <p>Finite for every finite {@code Z}: where {@code e^−Z} overflows, {@code A} is 1 / ∞ = 0.
 * Shapes: any. Thread-safe.
 */
record Sigmoid() implements StandardActivation {
  private static final Formula.Elementwise<Sigmoid> FORWARD =
      Formula.of(Sigmoid::loop, Sigmoid::loop, Sigmoid::operations);
  private static final Formula.Pairwise<Sigmoid> BACKWARD =
      Formula.of(Sigmoid::gradientLoop, Sigmoid::gradientLoop, Sigmoid::gradientOperations);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = (float) (1 / (1 + Functions.exp(-z[i])));
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = 1 / (1 + Math.exp(-z[i]));
    }
  }

  private void operations(INDArray z, INDArray a) {
    Nd4j.exec(new org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid(z, a));
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= a[i] * (1 - a[i]);
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= a[i] * (1 - a[i]);
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    a.rsub(1, dZ); // 1 − A
    dZ.muli(a);
    dZ.muli(dA);
  }

  @Override
  public OutputRange range() {
    return OutputRange.PROBABILITIES;
  }

  @Override
  public String toString() {
    return "sigmoid";
  }
}
