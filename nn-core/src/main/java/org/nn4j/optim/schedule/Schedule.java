package org.nn4j.optim.schedule;

import java.util.Map;
import org.nn4j.Require;

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

  /**
   * What decides the rates to come beside the settings and the step, for a checkpoint.
   *
   * @return numbers by name; none unless overridden
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Takes over what {@link #state()} gave.
   *
   * @param state the state of a schedule of the same kind
   * @throws IllegalArgumentException if it is that of another kind; nothing is changed then
   */
  default void restore(Map<String, Double> state) {
    if (!Require.noNulls(state, this, "state").isEmpty()) {
      throw new IllegalArgumentException(
          Require.message(
              toString(),
              "no state",
              "{" + Require.list(state.entrySet()) + "}",
              "take the schedule that the state is of"));
    }
  }
}
