package org.nn4j.optim;

import org.nn4j.ParameterVector;

/**
 * Term that is added to the loss to keep weights small; see {@link Penalties}.
 *
 * <p>Call {@link #addGradient} after the backward pass and before the step. Not thread-safe.
 */
public interface Penalty {
  /**
   * Returns the term that is added to the loss.
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
