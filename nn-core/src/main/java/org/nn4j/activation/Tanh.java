package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Hyperbolic tangent.
 *
 * <pre>
 * A  = tanh Z
 * dZ = (1 − A²) dA
 * </pre>
 *
 * <p>Finite for every finite {@code Z}. Shapes: any. Thread-safe.
 */
record Tanh() implements StandardActivation {
  private static final Formula.Elementwise<Tanh> FORWARD =
      Formula.of(Tanh::loop, Tanh::loop, Tanh::operations);
  private static final Formula.Pairwise<Tanh> BACKWARD =
      Formula.of(Tanh::gradientLoop, Tanh::gradientLoop, Tanh::gradientOperations);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = (float) Functions.tanh(z[i]);
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.tanh(z[i]);
    }
  }

  private void operations(INDArray z, INDArray a) {
    Nd4j.exec(new org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh(z, a));
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= 1 - a[i] * a[i];
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= 1 - a[i] * a[i];
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    a.mul(a, dZ);
    dZ.rsubi(1);
    dZ.muli(dA);
  }

  @Override
  public OutputRange range() {
    return OutputRange.BOUNDED;
  }

  @Override
  public String toString() {
    return "tanh";
  }
}
