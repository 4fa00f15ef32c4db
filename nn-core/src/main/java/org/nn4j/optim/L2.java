package org.nn4j.optim;

import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.GradientSum;
import org.nn4j.internal.kernel.Kernel;

/**
 * Half the sum of the squared weights, which keeps them small.
 *
 * <pre>
 * R = λ / 2 Σ w²        ∂R/∂w = λ w
 * </pre>
 *
 * <p>Over weights, frozen ones included, not biases. With this definition λ is the {@code
 * weight_decay} of PyTorch's SGD. Keras's {@code l2(λ)}, and the book "Neural Networks from
 * Scratch", omit the half: their λ is half of this one for the same effect. Source: Krogh and Hertz
 * 1991, "A Simple Weight Decay Can Improve Generalization". Thread-safe.
 */
public final class L2 implements Penalty {
  private final double strength;

  L2(double strength) {
    this.strength = Require.notNegative(strength, "L2", "strength");
  }

  @Override
  public double value(ParameterVector parameters) {
    Require.notNull(parameters, "L2.value", "parameters");
    double sum = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Parameter.Role.WEIGHT) {
        sum += Kernel.sumOfSquares(parameter.value());
      }
    }
    return strength / 2 * sum;
  }

  @Override
  public void addGradient(ParameterVector parameters) {
    Require.notNull(parameters, "L2.addGradient", "parameters");
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.role() == Parameter.Role.WEIGHT) {
        Kernel.axpy(strength, parameter.value(), GradientSum.of(parameter).array());
      }
    }
  }

  @Override
  public String toString() {
    return "L2(" + strength + ")";
  }
}
