package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * A rate that falls as a power of the steps that are left, and stays at its last value.
 *
 * <pre>
 * η(t) = last + (η0 − last) (1 − t / steps)^power     while t &lt; steps
 * η(t) = last                                         then
 * </pre>
 *
 * <p>A power of 1 is a straight line. Thread-safe.
 *
 * @param initial η0, above 0
 * @param last the rate at the end, 0 or more and at most η0
 * @param power the exponent, above 0
 * @param steps the length of the fall, 1 or more
 */
public record PolynomialDecay(double initial, double last, double power, long steps)
    implements Schedule {
  private static final String NAME = "PolynomialDecay";

  /**
   * Checks the arguments.
   *
   * @param initial η0
   * @param last the rate at the end
   * @param power the exponent
   * @param steps the length of the fall
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public PolynomialDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.last(last, initial, NAME);
    Require.positive(power, NAME, "power");
    Schedules.atLeastOne(steps, NAME, Schedules.STEPS);
  }

  @Override
  public double rate(long step) {
    return step < steps
        ? last + (initial - last) * Math.pow(1 - (double) step / steps, power)
        : last;
  }
}
