package org.nn4j.optim;

import org.nn4j.Optimizer;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * Stochastic gradient descent: {@code θ ← θ − η ∂L/∂θ}.
 *
 * <p>Not thread-safe.
 */
public final class Sgd implements Optimizer {
  private final double learningRate;

  /**
   * Plain gradient descent.
   *
   * @param learningRate η, above 0
   * @throws IllegalArgumentException if the rate is not positive and finite
   */
  public Sgd(double learningRate) {
    this.learningRate = Require.positive(learningRate, "Sgd", "learning rate");
  }

  @Override
  public void step(ParameterVector parameters) {
    for (ParameterVector.Stretch stretch : parameters.trainable()) {
      Kernel.axpy(
          -learningRate, stretch.of(parameters.gradients()), stretch.of(parameters.values()));
    }
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public String toString() {
    return "SGD(" + learningRate + ")";
  }
}
