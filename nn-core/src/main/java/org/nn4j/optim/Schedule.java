package org.nn4j.optim;

/**
 * A learning rate for each step of training; {@link Schedules} makes the usual ones.
 *
 * <p>A lambda will do: {@code step -> step < 1000 ? 0.1 : 0.01}. Those of this library are
 * thread-safe, but for {@link ReduceOnPlateau}.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The learning rate of a step.
   *
   * @param step the number of steps taken before it: 0 for the first
   * @return η of that step, finite and not negative
   */
  double rate(long step);
}
