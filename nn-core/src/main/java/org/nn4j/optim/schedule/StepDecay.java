package org.nn4j.optim.schedule;

import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that drops by a factor at regular intervals.
 *
 * <pre>
 * η(t) = η0 factor^⌊t / every⌋
 * </pre>
 *
 * <p>Thread-safe.
 *
 * @param initial η0, above 0
 * @param factor the factor of each drop, in (0, 1]
 * @param every the interval from drop to drop
 */
record StepDecay(double initial, double factor, Span every) implements Schedule {
  private static final String NAME = "StepDecay";

  StepDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.share(factor, NAME, "factor");
    Require.notNull(every, NAME, "every");
  }

  @Override
  public Schedule over(RunLength run) {
    return new StepDecay(initial, factor, every.in(run, NAME));
  }

  @Override
  public double rate(long step) {
    long drops = step / every.steps(NAME);
    return initial * Math.pow(factor, (double) drops);
  }
}
