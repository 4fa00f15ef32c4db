package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.clip.ClipByValue;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.Gradient;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Kernel;

/**
 * Bounds gradients before a step. What is not a number stays so: clipping does not hide divergence.
 * Thread-safe; what it changes is the gradients that it is given.
 */
public sealed interface GradientClipping {
  /**
   * Changes gradients that are too large.
   *
   * @param parameters the parameters whose gradients to bound
   */
  void clip(ParameterVector parameters);

  /**
   * Bounds the length of the whole gradient vector.
   *
   * @param maxNorm the largest length, above 0
   * @return {@link ByNorm}
   * @throws IllegalArgumentException if the length is not positive and finite
   */
  static GradientClipping byNorm(double maxNorm) {
    return new ByNorm(maxNorm);
  }

  /**
   * Bounds each gradient by itself.
   *
   * @param limit the largest absolute value, above 0
   * @return {@link ByValue}
   * @throws IllegalArgumentException if the value is not positive and finite
   */
  static GradientClipping byValue(double limit) {
    return new ByValue(limit);
  }

  /**
   * Shortens the whole gradient vector and keeps its direction.
   *
   * <pre>
   * g ← g maxNorm / ‖g‖     when ‖g‖ = √Σ g² &gt; maxNorm
   * </pre>
   *
   * <p>Source: Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural
   * networks", algorithm 1. The norm is that of all parameters together, frozen ones left out. A
   * vector whose norm is infinite or NaN stays as it is.
   *
   * @param maxNorm the largest norm, above 0
   */
  record ByNorm(double maxNorm) implements GradientClipping {
    /**
     * Checks the norm.
     *
     * @param maxNorm the largest norm
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ByNorm {
      Require.positive(maxNorm, "GradientClipping.ByNorm", "largest norm");
    }

    @Override
    public void clip(ParameterVector parameters) {
      if (parameters.length() == 0) {
        return;
      }
      double norm = 0;
      for (INDArray trained : parameters.trainableGradients()) {
        norm = Math.hypot(norm, Kernel.norm(trained));
      }
      if (norm > maxNorm && Double.isFinite(norm)) {
        Kernel.scale(Gradient.ofAll(parameters), maxNorm / norm);
      }
    }
  }

  /**
   * Bounds each gradient by itself, which changes the direction of the whole.
   *
   * <pre>
   * g ← min(max(g, −limit), limit)
   * </pre>
   *
   * @param limit the largest absolute value, above 0
   */
  record ByValue(double limit) implements GradientClipping {
    private static final Formula.Elementwise<ByValue> FORMULA =
        Formula.of(ByValue::loop, ByValue::operations);

    /**
     * Checks the limit.
     *
     * @param limit the largest absolute value
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ByValue {
      Require.positive(limit, "GradientClipping.ByValue", "limit");
    }

    @Override
    public void clip(ParameterVector parameters) {
      Require.notNull(parameters, "GradientClipping.clip", "parameters");
      Require.notNull(parameters, "ByValue.clip", "parameters");
      Require.notNull(parameters, "ByNorm.clip", "parameters");
      if (parameters.length() == 0) {
        return;
      }
      INDArray g = Gradient.ofAll(parameters);
      FORMULA.apply(this, g, g);
    }

    private void loop(float[] g, int n) {
      float most = (float) limit;
      for (int i = 0; i < n; i++) {
        g[i] = Math.min(Math.max(g[i], -most), most);
      }
    }

    private void operations(INDArray g, INDArray to) {
      ClipByValue clip = new ClipByValue(g, -limit, limit);
      clip.addOutputArgument(to);
      Nd4j.exec(clip);
    }
  }
}
