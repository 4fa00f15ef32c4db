package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * A rate that shrinks by the same share at each step.
 *
 * <pre>
 * η(t) = η0 decay^(t / every)
 * </pre>
 *
 * <p>Thread-safe.
 *
 * @param initial η0, above 0
 * @param decay the share that is left after {@code every} steps, in (0, 1]
 * @param every the number of steps that one factor is spread over, 1 or more
 */
public record ExponentialDecay(double initial, double decay, long every) implements Schedule {
  private static final String NAME = "ExponentialDecay";

  /**
   * Checks the arguments.
   *
   * @param initial η0
   * @param decay the share that is left
   * @param every the number of steps
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public ExponentialDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.share(decay, NAME, "decay");
    Schedules.atLeastOne(every, NAME, "every");
  }

  @Override
  public double rate(long step) {
    return initial * Math.pow(decay, (double) step / every);
  }
}
