package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;

/**
 * Rectified linear unit.
 *
 * <pre>
 * A  = max(Z, 0)
 * dZ = dA where A &gt; 0, else 0
 * </pre>
 *
 * <p>The derivative at {@code Z = 0} is taken as 0. Source: Nair and Hinton, "Rectified Linear
 * Units Improve Restricted Boltzmann Machines" (ICML 2010). Shapes: any. Thread-safe.
 */
record Relu() implements StandardActivation {
  private static final Formula.Elementwise<Relu> FORWARD =
      Formula.of(Relu::loop, Relu::loop, Relu::operations);
  private static final Formula.Pairwise<Relu> BACKWARD =
      Formula.of(Relu::gradientLoop, Relu::gradientLoop, Relu::gradientOperations);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  private void operations(INDArray z, INDArray a) {
    Nd4j.exec(new RectifiedLinear(z, a, 0));
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      // min(∞ a, 1), as a ≥ 0; a loop with a condition is not vectorized.
      gradient[i] *= Math.min(a[i] * Float.MAX_VALUE * Float.MAX_VALUE, 1);
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= Math.min(a[i] * Double.MAX_VALUE * Double.MAX_VALUE, 1);
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    Nd4j.exec(new Step(a, dZ, 0));
    dZ.muli(dA);
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
    return "relu";
  }
}
