package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * A rate that falls as one over time.
 *
 * <pre>
 * η(t) = η0 / (1 + decay t)
 * </pre>
 *
 * <p>Source: Robbins and Monro 1951, whose condition (Σ η infinite, Σ η² finite) it meets for a
 * decay above 0. Thread-safe.
 *
 * @param initial η0, above 0
 * @param decay the rate of the fall for each step, 0 or more
 */
public record InverseTimeDecay(double initial, double decay) implements Schedule {
  private static final String NAME = "InverseTimeDecay";

  /**
   * Checks the arguments.
   *
   * @param initial η0
   * @param decay the rate of the fall
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public InverseTimeDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Require.notNegative(decay, NAME, "decay");
  }

  @Override
  public double rate(long step) {
    return initial / (1 + decay * step);
  }
}
