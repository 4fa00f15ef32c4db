package org.nn4j.optim.schedule;

import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that falls as a power of the remaining steps and then stays constant.
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
 * @param length the length of the fall
 */
record PolynomialDecay(double initial, double last, double power, Span length) implements Schedule {
  private static final String NAME = "PolynomialDecay";

  PolynomialDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.last(last, initial, NAME);
    Require.positive(power, NAME, "power");
    Require.notNull(length, NAME, "length");
  }

  @Override
  public Schedule over(RunLength run) {
    return new PolynomialDecay(initial, last, power, length.in(run, NAME));
  }

  @Override
  public double rate(long step) {
    long steps = length.steps(NAME);
    return step < steps
        ? last + (initial - last) * Math.pow(1 - (double) step / steps, power)
        : last;
  }
}
