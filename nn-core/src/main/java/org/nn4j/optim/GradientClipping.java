package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.clip.ClipByValue;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Kernel;

/**
 * Bound of gradients before a step. A gradient that is NaN stays NaN, so clipping does not hide
 * divergence. Thread-safe, as far as the gradients are.
 */
public abstract sealed class GradientClipping {
  private GradientClipping() {}

  /**
   * Clips gradients that are too large.
   *
   * @param parameters the parameters with the gradients
   */
  public abstract void clip(ParameterVector parameters);

  /**
   * Returns a bound of the norm of the gradient vector: {@code g ← g maxNorm / ‖g‖} when the norm
   * is larger.
   *
   * @param maxNorm the largest length, above 0
   * @return a clipping
   * @throws IllegalArgumentException if the length is not positive and finite
   */
  public static GradientClipping byNorm(double maxNorm) {
    return new ByNorm(maxNorm);
  }

  /**
   * Returns a bound of each element of the gradient: {@code g ← min(max(g, −limit), limit)}.
   *
   * @param limit the largest absolute value, above 0
   * @return a clipping
   * @throws IllegalArgumentException if the value is not positive and finite
   */
  public static GradientClipping byValue(double limit) {
    return new ByValue(limit);
  }

  /**
   * Shortens the gradient vector and keeps its direction.
   *
   * <pre>
   * g ← g maxNorm / ‖g‖     when ‖g‖ = √Σ g² &gt; maxNorm
   * </pre>
   *
   * <p>Source: Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural
   * networks", algorithm 1. The norm is that of all parameters that are not frozen. A vector whose
   * norm is infinite or NaN is unchanged.
   */
  static final class ByNorm extends GradientClipping {
    private final double maxNorm;

    ByNorm(double maxNorm) {
      this.maxNorm = Require.positive(maxNorm, "GradientClipping.ByNorm", "largest norm");
    }

    @Override
    public void clip(ParameterVector parameters) {
      Require.notNull(parameters, "GradientClipping.clip", "parameters");
      if (parameters.length() == 0) {
        return;
      }
      if (Kernel.isShorter(PackedParameters.of(parameters).gradients(), maxNorm)) {
        return;
      }
      double norm = 0;
      for (INDArray trained : PackedParameters.of(parameters).trainedGradients()) {
        norm = Math.hypot(norm, Kernel.norm(trained));
      }
      if (norm > maxNorm && Double.isFinite(norm)) {
        Kernel.scale(PackedParameters.of(parameters).gradients(), maxNorm / norm);
      }
    }

    /** Checkpoints contain this text. */
    @Override
    public String toString() {
      return "ByNorm[maxNorm=" + maxNorm + "]";
    }
  }

  /**
   * Bounds each element of the gradient, which changes its direction.
   *
   * <pre>
   * g ← min(max(g, −limit), limit)
   * </pre>
   */
  static final class ByValue extends GradientClipping {
    private static final Formula.Elementwise<ByValue> FORMULA =
        Formula.of(ByValue::loop, ByValue::loop, ByValue::operations);

    private final double limit;

    ByValue(double limit) {
      this.limit = Require.positive(limit, "GradientClipping.ByValue", "limit");
    }

    @Override
    public void clip(ParameterVector parameters) {
      Require.notNull(parameters, "GradientClipping.clip", "parameters");
      if (parameters.length() == 0) {
        return;
      }
      INDArray g = PackedParameters.of(parameters).gradients();
      if (Kernel.isShorter(g, limit)) { // then each element is within the limit
        return;
      }
      FORMULA.apply(this, g, g);
    }

    private void loop(float[] g, int n) {
      float most = (float) limit;
      for (int i = 0; i < n; i++) {
        g[i] = Math.min(Math.max(g[i], -most), most);
      }
    }

    private void loop(double[] g, int n) {
      for (int i = 0; i < n; i++) {
        g[i] = Math.min(Math.max(g[i], -limit), limit);
      }
    }

    private void operations(INDArray g, INDArray to) {
      ClipByValue clip = new ClipByValue(g, -limit, limit);
      clip.addOutputArgument(to);
      Nd4j.exec(clip);
    }

    /** Checkpoints contain this text. */
    @Override
    public String toString() {
      return "ByValue[limit=" + limit + "]";
    }
  }
}
