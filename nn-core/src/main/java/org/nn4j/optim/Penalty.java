package org.nn4j.optim;

import org.nn4j.ParameterVector;

/**
 * A term that is added to the loss so that weights stay small; {@link Penalties} makes the usual
 * ones.
 *
 * <p>Call {@link #addGradient} after the backward pass and before the step. Not thread-safe.
 */
public interface Penalty {
  /**
   * The term that is added to the loss.
   *
   * @param parameters the parameters of a network
   * @return R(θ)
   */
  double value(ParameterVector parameters);

  /**
   * Adds ∂R/∂θ to the gradients.
   *
   * @param parameters the parameters of a network; their values are not changed
   */
  void addGradient(ParameterVector parameters);
}
