package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ELU;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;

/**
 * Exponential linear unit.
 *
 * <pre>
 * A  = Z where Z &gt; 0, else α (e^Z − 1)
 * dZ = dA where A &gt; 0, else (A + α) dA
 * </pre>
 *
 * <p>Finite for every finite {@code Z}. With α = 1 the derivative is continuous; with another it
 * jumps at 0, where the left derivative is used. Of the ReLU family. Source: Clevert, Unterthiner
 * and Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units" (ICLR
 * 2016), equation 15. Shapes: any. Thread-safe.
 *
 * @param alpha α: far below 0 the output is −α; 0 or more
 */
record Elu(double alpha) implements StandardActivation {
  private static final Formula.Elementwise<Elu> FORWARD =
      Formula.of(Elu::loop, Elu::loop, Elu::operations);
  private static final Formula.Pairwise<Elu> BACKWARD =
      Formula.of(Elu::gradientLoop, Elu::gradientLoop, Elu::gradientOperations);

  /** The α of the paper's experiments. */
  static final double DEFAULT_ALPHA = 1;

  Elu {
    Require.notNegative(alpha, "Elu", "alpha");
  }

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      if (z[i] <= 0) {
        z[i] = (float) (alpha * Math.expm1(z[i]));
      }
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      if (z[i] <= 0) {
        z[i] = alpha * Math.expm1(z[i]);
      }
    }
  }

  private void operations(INDArray z, INDArray a) {
    Nd4j.exec(new ELU(z, a, alpha));
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      if (!(a[i] > 0)) {
        gradient[i] *= (float) (a[i] + alpha);
      }
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      if (!(a[i] > 0)) {
        gradient[i] *= a[i] + alpha;
      }
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    // In one expression: dZ = ((1 − α)[A > 0] + min(A, 0) + α) dA
    Nd4j.exec(new Step(a, dZ, 0));
    dZ.muli(1 - alpha);
    try (INDArray below = a.ulike()) {
      Nd4j.exec(new ScalarMin(a, null, below, 0));
      dZ.addi(below);
    }
    dZ.addi(alpha);
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
  public double coefficient() {
    return alpha;
  }

  @Override
  public String toString() {
    return "elu(" + alpha + ")";
  }
}
