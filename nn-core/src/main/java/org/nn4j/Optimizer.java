package org.nn4j;

/**
 * A rule that changes parameters by their gradients.
 *
 * <p>An optimizer holds its own state (moments, step count) for one vector of parameters; use a new
 * one for each network. Not thread-safe.
 */
public interface Optimizer {
  /**
   * Takes one step: changes the values by the gradients, and leaves the gradients as they are.
   *
   * @param parameters the parameters of a network; frozen ones are not changed
   */
  void step(ParameterVector parameters);

  /**
   * The learning rate of the next step.
   *
   * @return the rate
   */
  double learningRate();
}
