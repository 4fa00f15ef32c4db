package org.nn4j.optim.schedule;

import org.nn4j.Require;
import org.nn4j.RunLength;

/**
 * Learning rate that falls inversely to time.
 *
 * <pre>
 * η(t) = η0 / (1 + decay t / every)
 * </pre>
 *
 * <p>Source: Robbins and Monro 1951, whose condition (Σ η infinite, Σ η² finite) holds for a decay
 * above 0. Thread-safe.
 *
 * @param initial η0, above 0
 * @param decay the rate of the fall, 0 or more
 * @param every the interval that the rate of the fall refers to
 */
record InverseTimeDecay(double initial, double decay, Span every) implements Schedule {
  private static final String NAME = "InverseTimeDecay";

  InverseTimeDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Require.notNegative(decay, NAME, "decay");
    Require.notNull(every, NAME, "every");
  }

  @Override
  public Schedule over(RunLength run) {
    return new InverseTimeDecay(initial, decay, every.in(run, NAME));
  }

  @Override
  public double rate(long step) {
    return initial / (1 + decay * step / every.steps(NAME));
  }
}
