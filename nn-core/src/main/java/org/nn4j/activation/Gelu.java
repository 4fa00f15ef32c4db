package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erfc;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Gaussian error linear unit, exact.
 *
 * <pre>
 * Φ(Z) = erfc(−Z / √2) / 2          the cumulative distribution of N(0, 1)
 * φ(Z) = e^(−Z² / 2) / √(2π)        its density
 *
 * A  = Z Φ(Z)
 * dZ = (Φ(Z) + Z φ(Z)) dA
 * </pre>
 *
 * <p>The derivative needs {@code Z}: two pre-activations below 0 can have one output. {@code 1 +
 * erf} would lose digits far below 0. Finite for every finite {@code Z}. Of the ReLU family.
 * Source: Hendrycks and Gimpel, "Gaussian Error Linear Units (GELUs)" (arXiv:1606.08415), section
 * 2; not its approximations by tanh or sigmoid. Shapes: any. Thread-safe.
 */
record Gelu() implements StandardActivation {
  private static final Formula.Elementwise<Gelu> FORWARD =
      Formula.of(Gelu::loop, Gelu::loop, Gelu::operations);
  private static final Formula.Pairwise<Gelu> BACKWARD =
      Formula.of(Gelu::gradientLoop, Gelu::gradientLoop, Gelu::gradientOperations);

  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  @Override
  public void forward(INDArray z, INDArray a) {
    FORWARD.apply(this, z, a);
  }

  private void loop(float[] z, int n) {
    double[] cumulative = Functions.normalCumulative(z, n);
    for (int i = 0; i < n; i++) {
      z[i] = (float) (z[i] * cumulative[i]);
    }
  }

  private void loop(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] *= Functions.preciseNormalCumulative(z[i]);
    }
  }

  private void operations(INDArray z, INDArray a) {
    try (INDArray cumulative = cumulative(z)) {
      z.mul(cumulative, a);
    }
  }

  @Override
  public void backward(INDArray dA, INDArray z, INDArray dZ) {
    BACKWARD.apply(this, dA, z, dZ);
  }

  private void gradientLoop(float[] gradient, float[] z, int n) {
    double[] cumulative = Functions.normalCumulative(z, n);
    double[] density = Functions.normalDensity(z, n);
    for (int i = 0; i < n; i++) {
      gradient[i] *= (float) (cumulative[i] + z[i] * density[i]);
    }
  }

  private void gradientLoop(double[] gradient, double[] z, int n) {
    for (int i = 0; i < n; i++) {
      double density = Math.exp(-z[i] * z[i] / 2) / SQRT_2_PI;
      gradient[i] *= Functions.preciseNormalCumulative(z[i]) + z[i] * density;
    }
  }

  private void gradientOperations(INDArray dA, INDArray z, INDArray dZ) {
    density(z, dZ);
    dZ.muli(z);
    try (INDArray cumulative = cumulative(z)) {
      dZ.addi(cumulative);
    }
    dZ.muli(dA);
  }

  /** Φ(Z), a new array. */
  private static INDArray cumulative(INDArray z) {
    INDArray cumulative = z.mul(-1 / SQRT_2);
    Nd4j.exec(new Erfc(cumulative, cumulative));
    return cumulative.divi(2);
  }

  /** φ(Z). */
  private static void density(INDArray z, INDArray density) {
    z.mul(z, density);
    density.divi(-2);
    Nd4j.exec(new Exp(density, density));
    density.divi(SQRT_2_PI);
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
    return "gelu";
  }
}
