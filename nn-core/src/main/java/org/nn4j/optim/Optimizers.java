package org.nn4j.optim;

import org.nn4j.Optimizer;

/** Makes optimizers; import its methods statically. Thread-safe; what it makes is not. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * Stochastic gradient descent.
   *
   * @param learningRate η, above 0
   * @return {@link Sgd}
   */
  public static Optimizer sgd(double learningRate) {
    return new Sgd(learningRate);
  }
}
