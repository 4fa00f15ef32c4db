package org.nn4j.optim.schedule;

import org.nn4j.Require;

/**
 * A rate that drops to a share of itself every so many steps.
 *
 * <pre>
 * η(t) = η0 factor^⌊t / every⌋
 * </pre>
 *
 * <p>Thread-safe.
 *
 * @param initial η0, above 0
 * @param factor the share that is left after each drop, in (0, 1]
 * @param every the number of steps from drop to drop, 1 or more
 */
public record StepDecay(double initial, double factor, long every) implements Schedule {
  private static final String NAME = "StepDecay";

  /**
   * Checks the arguments.
   *
   * @param initial η0
   * @param factor the share that is left
   * @param every the number of steps
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public StepDecay {
    Require.positive(initial, NAME, Schedules.INITIAL);
    Schedules.share(factor, NAME, "factor");
    Schedules.atLeastOne(every, NAME, "every");
  }

  @Override
  public double rate(long step) {
    long drops = step / every;
    return initial * Math.pow(factor, (double) drops);
  }
}
