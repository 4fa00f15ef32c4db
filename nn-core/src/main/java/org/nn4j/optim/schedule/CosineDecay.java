package org.nn4j.optim.schedule;

import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that falls along half a cosine and then stays constant.
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
 * @param length the length of the fall
 */
record CosineDecay(double initial, double last, Span length) implements Schedule {
  private static final String NAME = "CosineDecay";

  CosineDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.last(last, initial, NAME);
    Require.notNull(length, NAME, "length");
  }

  @Override
  public Schedule over(RunLength run) {
    return new CosineDecay(initial, last, length.in(run, NAME));
  }

  @Override
  public double rate(long step) {
    long steps = length.steps(NAME);
    return step < steps ? between(initial, last, (double) step / steps) : last;
  }

  /** Returns the value of half a cosine from one rate to another, {@code share} of the way. */
  static double between(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }
}
