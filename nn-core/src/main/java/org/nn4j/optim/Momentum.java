package org.nn4j.optim;

import org.nn4j.Require;

/**
 * Which memory of past gradients {@link Sgd} has: none, classical or Nesterov's, and no other.
 * Thread-safe.
 */
public sealed interface Momentum {
  /**
   * How much of the velocity a step keeps.
   *
   * @return μ in [0, 1)
   */
  double coefficient();

  /** No memory: plain gradient descent. */
  record None() implements Momentum {
    @Override
    public double coefficient() {
      return 0;
    }
  }

  /**
   * The heavy ball: {@code v ← μ v + g, θ ← θ − η v}.
   *
   * @param coefficient μ in [0, 1)
   */
  record Classical(double coefficient) implements Momentum {
    /**
     * Checks the coefficient.
     *
     * @param coefficient μ
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public Classical {
      Require.fraction(coefficient, "Momentum.Classical", "coefficient");
    }
  }

  /**
   * Looks ahead: {@code v ← μ v + g, θ ← θ − η (g + μ v)}.
   *
   * @param coefficient μ in [0, 1)
   */
  record Nesterov(double coefficient) implements Momentum {
    /**
     * Checks the coefficient.
     *
     * @param coefficient μ
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public Nesterov {
      Require.fraction(coefficient, "Momentum.Nesterov", "coefficient");
    }
  }
}
