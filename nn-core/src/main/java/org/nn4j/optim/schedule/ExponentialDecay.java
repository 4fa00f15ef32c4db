package org.nn4j.optim.schedule;

import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that shrinks by the same share at each step.
 *
 * <pre>
 * η(t) = η0 decay^(t / every)
 * </pre>
 *
 * <p>Thread-safe.
 *
 * @param initial η0, above 0
 * @param decay the factor over each interval, in (0, 1]
 * @param every the interval
 */
record ExponentialDecay(double initial, double decay, Span every) implements Schedule {
  private static final String NAME = "ExponentialDecay";

  ExponentialDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.share(decay, NAME, "decay");
    Require.notNull(every, NAME, "every");
  }

  @Override
  public Schedule over(RunLength run) {
    return new ExponentialDecay(initial, decay, every.in(run, NAME));
  }

  @Override
  public double rate(long step) {
    return initial * Math.pow(decay, (double) step / every.steps(NAME));
  }
}
