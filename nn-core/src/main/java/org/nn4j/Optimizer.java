package org.nn4j;

import java.util.Map;

/**
 * Rule that changes parameters by their gradients.
 *
 * <p>An optimizer has its own state (moments, step count) for one vector of parameters; use a new
 * one for each network. One with state overrides {@link #state} and {@link #restore}, so that a run
 * can be resumed from a checkpoint. Not thread-safe. A {@code Trainer} calls it on the training
 * thread and closes it with itself.
 */
public interface Optimizer extends OffHeap {
  /**
   * Takes one step: changes the values by the gradients, which are not changed.
   *
   * @param parameters the parameters of a network; frozen ones are not changed
   */
  void step(ParameterVector parameters);

  /**
   * Sets the length of the run, for learning rates whose schedule is in epochs or in shares of the
   * run. A {@code Trainer} calls this at the beginning of each fit.
   *
   * @param run the length
   * @throws IllegalStateException if the schedule needs a length that is unknown
   */
  default void plan(RunLength run) {
    Require.notNull(run, this, "run");
  }

  /**
   * Returns the learning rate of the next step.
   *
   * @return the rate
   */
  double learningRate();

  /**
   * Returns the settings that determine the steps, without the learning rate, which may change
   * within a run. A run resumes only with an optimizer of the same settings.
   *
   * @return a string, the same in each process; by default the name of the class
   */
  default String settings() {
    return getClass().getName();
  }

  /**
   * Returns the state that determines the next steps beside the settings. An optimizer of the same
   * settings that {@linkplain #restore restores} it continues with the same bits.
   *
   * @return copies; no state by default
   */
  default OptimizerState state() {
    return new OptimizerState(getClass().getSimpleName(), 0, Map.of(), Map.of());
  }

  /**
   * Restores a state.
   *
   * @param state the {@link #state} of an optimizer of the same kind; copied
   * @param parameters the parameters of the next steps
   * @throws IllegalArgumentException if it is the state of another kind of optimizer or of
   *     parameters of another length or type; nothing is changed then
   */
  default void restore(OptimizerState state, ParameterVector parameters) {
    OptimizerState own = state();
    if (!own.equals(state)) {
      throw new IllegalArgumentException(
          Require.message(
              toString(),
              own.toString(),
              state.toString(),
              "use the optimizer that the state is of, or override state() and restore()"));
    }
  }

  /**
   * Returns the bytes outside the Java heap of its state.
   *
   * @return 0 by default
   */
  @Override
  default long offHeapBytes() {
    return 0;
  }

  /** Frees its state. Steps throw afterwards. Does nothing by default. */
  @Override
  default void close() {}
}
