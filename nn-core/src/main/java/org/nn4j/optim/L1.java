package org.nn4j.optim;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.GradientSum;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Kernel;

/**
 * Sum of the absolute weights, which makes many of them nearly 0.
 *
 * <pre>
 * R = λ Σ |w|        ∂R/∂w = λ sign(w), 0 where w = 0
 * </pre>
 *
 * <p>Over weights, frozen ones included, not biases. Source: Tibshirani 1996. Thread-safe.
 */
public final class L1 implements Penalty {
  private static final Formula.Pairwise<L1> GRADIENT =
      Formula.of(L1::loop, L1::loop, L1::operations);

  private final double strength;

  L1(double strength) {
    this.strength = Require.notNegative(strength, "L1", "strength");
  }

  @Override
  public double value(ParameterVector parameters) {
    Require.notNull(parameters, "L1.value", "parameters");
    double sum = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Parameter.Role.WEIGHT) {
        sum += Kernel.sumOfAbs(parameter.value());
      }
    }
    return strength * sum;
  }

  @Override
  public void addGradient(ParameterVector parameters) {
    Require.notNull(parameters, "L1.addGradient", "parameters");
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Parameter.Role.WEIGHT) {
        INDArray gradient = GradientSum.of(parameter).array();
        GRADIENT.apply(this, gradient, parameter.value(), gradient);
      }
    }
  }

  private void loop(float[] gradient, float[] w, int n) {
    float lambda = (float) strength;
    for (int i = 0; i < n; i++) {
      // w / |w|, or 0. A condition would prevent vectorization; a second bound costs more.
      gradient[i] += lambda * (w[i] / Math.max(Math.abs(w[i]), Float.MIN_VALUE));
    }
  }

  private void loop(double[] gradient, double[] w, int n) {
    for (int i = 0; i < n; i++) {
      gradient[i] += strength * (w[i] / Math.max(Math.abs(w[i]), Double.MIN_VALUE));
    }
  }

  private void operations(INDArray gradient, INDArray w, INDArray to) {
    try (INDArray signs = w.ulike()) {
      Nd4j.exec(new Sign(w, signs));
      signs.muli(strength);
      gradient.add(signs, to);
    }
  }

  @Override
  public String toString() {
    return "L1(" + strength + ")";
  }
}
