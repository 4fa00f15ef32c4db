package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * A rate that falls along half a cosine, and stays at its last value.
 *
 * <pre>
 * η(t) = last + (η0 − last) (1 + cos(π t / steps)) / 2     while t &lt; steps
 * η(t) = last                                              then
 * </pre>
 *
 * <p>Source: Loshchilov and Hutter 2017, "SGDR", equation 5, without its restarts. Thread-safe.
 *
 * @param initial η0, above 0
 * @param last the rate at the end, 0 or more and at most η0
 * @param steps the length of the fall, 1 or more
 */
public record CosineDecay(double initial, double last, long steps) implements Schedule {
  private static final String NAME = "CosineDecay";

  /**
   * Checks the arguments.
   *
   * @param initial η0
   * @param last the rate at the end
   * @param steps the length of the fall
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public CosineDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.last(last, initial, NAME);
    Schedules.atLeastOne(steps, NAME, Schedules.STEPS);
  }

  @Override
  public double rate(long step) {
    return step < steps ? between(initial, last, (double) step / steps) : last;
  }

  /** Half a cosine from one rate to another, {@code share} of the way. */
  static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
