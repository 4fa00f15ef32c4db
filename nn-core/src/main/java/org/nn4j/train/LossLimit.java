package org.nn4j.train;

import java.util.Map;
import org.nn4j.Require;

/**
 * Stops after the first epoch whose figure reaches a limit: good enough is enough. A figure that is
 * NaN does not reach it, and is warned of in the log. For one trainer at a time; not thread-safe.
 */
public final class LossLimit implements TrainingListener {
  private static final String NAME = "LossLimit";
  private static final String REACHED = "reached";

  private final Monitor monitor;
  private final double limit;

  /** The figure that reached the limit; NaN before. */
  private double reached = Double.NaN;

  /**
   * Watches a figure.
   *
   * @param monitor the figure
   * @param limit stops when the figure is this or better
   * @throws IllegalArgumentException if it is not finite
   */
  public LossLimit(Monitor monitor, double limit) {
    Require.notNull(monitor, "LossLimit", "monitor");
    this.monitor = monitor;
    this.limit = Require.finite(limit, NAME, "limit");
  }

  /**
   * Watches the training loss.
   *
   * @param limit stops when the loss of an epoch is this or less
   * @throws IllegalArgumentException if it is not finite
   */
  public LossLimit(double limit) {
    this(Monitor.trainingLoss(), limit);
  }

  @Override
  public ListenerState state() {
    return new ListenerState(Map.of(REACHED, reached));
  }

  @Override
  public void restore(ListenerState state) {
    Require.notNull(state, "LossLimit.restore", "state");
    reached = state.number(REACHED);
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    monitor.requireIn(event, NAME);
    stopIfReached(reached, training);
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    monitor.warnOfNaN(event, NAME);
    stopIfReached(monitor.value(event), training);
  }

  private void stopIfReached(double value, Training training) {
    if (monitor.higherIsBetter() ? value >= limit : value <= limit) {
      reached = value;
      training.stop(NAME + ": " + monitor.figure() + " " + value + " reached " + limit);
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    reached = Double.NaN;
  }
}
