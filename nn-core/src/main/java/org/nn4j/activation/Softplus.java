package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Smooth positive part.
 *
 * <pre>
 * A  = log(1 + e^Z)
 *    = max(Z, 0) + log(1 + e^−|Z|)     which does not overflow
 * dZ = (1 − e^−A) dA
 * </pre>
 *
 * <p>Finite for every finite {@code Z}. Not of the ReLU family: at 0 it is log 2. Source: Dugas,
 * Bengio, Bélisle, Nadeau and Garcia, "Incorporating Second-Order Functional Knowledge for Better
 * Option Pricing" (NIPS 2000). Shapes: any. Thread-safe.
 */
record Softplus() implements StandardActivation {
  private static final Formula.Elementwise<Softplus> FORWARD =
      Formula.of(Softplus::loop, Softplus::loop, Softplus::operations);
  private static final Formula.Pairwise<Softplus> BACKWARD =
      Formula.of(Softplus::gradientLoop, Softplus::gradientLoop, Softplus::gradientOperations);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    double[] rest = Functions.logOfOnePlusExp(z, n);
    for (int i = 0; i < n; i++) {
      z[i] = (float) (Math.max(z[i], 0) + rest[i]);
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0) + Math.log1p(Math.exp(-Math.abs(z[i])));
    }
  }

  private void operations(INDArray z, INDArray a) {
    try (INDArray rest = z.ulike()) {
      Nd4j.exec(new Abs(z, rest));
      rest.negi();
      Nd4j.exec(new Exp(rest, rest));
      Nd4j.exec(new Log1p(rest, rest));
      Nd4j.exec(new RectifiedLinear(z, a, 0));
      a.addi(rest);
    }
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= (float) Functions.oneMinusExp(a[i]);
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= -Math.expm1(-a[i]);
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    a.mul(-1, dZ);
    Nd4j.exec(new Exp(dZ, dZ));
    dZ.rsubi(1);
    dZ.muli(dA);
  }

  @Override
  public OutputRange range() {
    return OutputRange.BOUNDED;
  }

  @Override
  public String toString() {
    return "softplus";
  }
}
