package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Require;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;

/**
 * Leaky rectified linear unit.
 *
 * <pre>
 * A  = Z where Z &gt; 0, else slope Z
 * dZ = dA where A &gt; 0, else slope dA
 * </pre>
 *
 * <p>{@code A} is above 0 exactly where {@code Z} is, because the slope is not negative. Of the
 * ReLU family. Source: Maas, Hannun and Ng, "Rectifier Nonlinearities Improve Neural Network
 * Acoustic Models" (ICML 2013), equation 2. Shapes: any. Thread-safe.
 *
 * @param slope the slope below 0; 0 or more
 */
record LeakyRelu(double slope) implements StandardActivation {
  private static final Formula.Elementwise<LeakyRelu> FORWARD =
      Formula.of(LeakyRelu::loop, LeakyRelu::loop, LeakyRelu::operations);
  private static final Formula.Pairwise<LeakyRelu> BACKWARD =
      Formula.of(LeakyRelu::gradientLoop, LeakyRelu::gradientLoop, LeakyRelu::gradientOperations);

  /** The slope of the paper. */
  static final double DEFAULT_SLOPE = 0.01;

  LeakyRelu {
    Require.notNegative(slope, "LeakyRelu", "slope");
  }

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    float s = (float) slope;
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0) + s * Math.min(z[i], 0);
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0) + slope * Math.min(z[i], 0);
    }
  }

  private void operations(INDArray z, INDArray a) {
    Nd4j.exec(new LeakyReLU(z, a, slope));
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    BACKWARD.apply(this, dA, a, dZ);
  }

  private void gradientLoop(float[] gradient, float[] a, int n) {
    float s = (float) slope;
    for (int i = 0; i < n; i++) {
      gradient[i] *= a[i] > 0 ? 1 : s;
    }
  }

  private void gradientLoop(double[] gradient, double[] a, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] *= a[i] > 0 ? 1 : slope;
    }
  }

  private void gradientOperations(INDArray dA, INDArray a, INDArray dZ) {
    Nd4j.exec(new Step(a, dZ, 0));
    dZ.muli(1 - slope);
    dZ.addi(slope);
    dZ.muli(dA);
  }

  @Override
  public boolean isRectifier() {
    return true;
  }

  @Override
  public OutputRange range() {
    return slope > 0 ? OutputRange.REAL : OutputRange.BOUNDED;
  }

  @Override
  public double coefficient() {
    return slope;
  }

  @Override
  public String toString() {
    return "leakyRelu(" + slope + ")";
  }
}
