package org.nn4j;

import java.util.Map;

/**
 * A rule that changes parameters by their gradients.
 *
 * <p>An optimizer holds its own state (moments, step count) for one vector of parameters; use a new
 * one for each network. One that has state overrides {@link #state} and {@link #restore}, so that a
 * run can be resumed from a checkpoint. Not thread-safe: a {@code Trainer} calls it on the thread
 * that trains, and closes it when the trainer is closed.
 */
public interface Optimizer extends OffHeap {
  /**
   * Takes one step: changes the values by the gradients, and leaves the gradients as they are.
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
   * The learning rate of the next step.
   *
   * @return the rate
   */
  double learningRate();

  /**
   * The settings that decide the steps, but for the learning rate, which may change within a run. A
   * run is resumed with an optimizer of the same ones alone.
   *
   * @return in words, the same in each process; the name of the class unless overridden
   */
  default String settings() {
    return getClass().getName();
  }

  /**
   * All that decides the next steps beside the settings: an optimizer of the same settings that
   * {@linkplain #restore takes it over} goes on with the same bits.
   *
   * @return copies; no state unless overridden
   */
  default OptimizerState state() {
    return new OptimizerState(getClass().getSimpleName(), 0, Map.of(), Map.of());
  }

  /**
   * Takes over a state, in the place of its own.
   *
   * @param state what {@link #state} gave, of an optimizer of the same kind; copied
   * @param parameters the parameters of the steps to come
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
              "take the optimizer that the state is of, or override state() and restore()"));
    }
  }

  /**
   * Returns the bytes outside the Java heap of its state.
   *
   * @return 0 unless overridden
   */
  @Override
  default long offHeapBytes() {
    return 0;
  }

  /** Frees its state, after which it takes no step; nothing unless overridden. */
  @Override
  default void close() {}
}
