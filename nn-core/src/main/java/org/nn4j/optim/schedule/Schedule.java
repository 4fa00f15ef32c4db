package org.nn4j.optim.schedule;

import java.util.Map;
import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;

/**
 * Learning rate of each step of training; see {@link Schedules}.
 *
 * <p>It can be a lambda: {@code step -> step < 1000 ? 0.1 : 0.01}. The schedules of this library
 * are thread-safe, except {@link ReduceOnPlateau}.
 */
@FunctionalInterface
public interface Schedule {
  /**
   * Returns the learning rate of a step.
   *
   * @param step the number of steps taken before it: 0 for the first
   * @return η of that step, finite and not negative
   */
  double rate(long step);

  /**
   * Returns this schedule with all lengths in steps, for a run.
   *
   * @param run the run that the schedule is for
   * @return this schedule by default; one with {@linkplain #state() state} must share it
   * @throws IllegalStateException if a length is in epochs, or a share of the run, and that of the
   *     run is unknown
   */
  default Schedule over(RunLength run) {
    Require.notNull(run, this, "run");
    return this;
  }

  /**
   * Returns the state that determines future rates beside the settings and the step, for a
   * checkpoint.
   *
   * @return numbers by name; none by default
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Restores a state that {@link #state()} returned.
   *
   * @param state the state of a schedule of the same kind
   * @throws IllegalArgumentException if it is that of another kind; nothing is changed then
   */
  default void restore(Map<String, Double> state) {
    if (!Checks.noNulls(state, this, "state").isEmpty()) {
      throw new IllegalArgumentException(
          Require.message(
              toString(),
              "no state",
              "{" + Texts.list(state.entrySet()) + "}",
              "use the schedule that the state is of"));
    }
  }
}
