package org.nn4j.train.listener;

import java.util.Map;
import org.nn4j.Require;
import org.nn4j.train.EpochResult;
import org.nn4j.train.ListenerState;
import org.nn4j.train.Monitor;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that stops after the first epoch whose figure reaches a limit. A figure that is NaN does
 * not reach it; a warning is logged. For one trainer at a time; not thread-safe.
 */
public final class LossLimit implements TrainingListener {
  private static final String NAME = "LossLimit";
  private static final String REACHED = "reached";

  private final Monitor monitor;
  private final double limit;

  /** The figure that reached the limit; NaN before. */
  private double reached = Double.NaN;

  private LossLimit(Monitor monitor, double limit) {
    this.monitor = monitor;
    this.limit = Require.finite(limit, NAME, "limit");
  }

  /**
   * Returns a limit of a figure.
   *
   * @param monitor the figure
   * @param limit the value at or beyond which training stops
   * @return a listener
   * @throws IllegalArgumentException if it is not finite
   */
  public static LossLimit of(Monitor monitor, double limit) {
    return new LossLimit(Require.notNull(monitor, "LossLimit.of", "monitor"), limit);
  }

  /**
   * Returns a limit of the training loss.
   *
   * @param limit the loss of an epoch at or below which training stops
   * @return a listener
   * @throws IllegalArgumentException if it is not finite
   */
  public static LossLimit of(double limit) {
    return of(Monitor.trainingLoss(), limit);
  }

  /** Returns the class and the monitored figure. */
  @Override
  public String stateName() {
    return NAME + "(" + monitor + ")";
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
  public void onEpochEnd(EpochResult event, Training training) {
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
