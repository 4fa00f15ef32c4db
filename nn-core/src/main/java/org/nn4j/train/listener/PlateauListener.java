package org.nn4j.train.listener;

import java.util.Map;
import org.nn4j.Require;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.train.EpochResult;
import org.nn4j.train.ListenerState;
import org.nn4j.train.Monitor;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Listener that reports a figure to a {@link ReduceOnPlateau} schedule after each epoch. A figure
 * that is NaN counts as not better; a warning is logged. Not thread-safe.
 */
public final class PlateauListener implements TrainingListener {
  private static final String NAME = "PlateauListener";

  private final ReduceOnPlateau schedule;
  private final Monitor monitor;

  private PlateauListener(ReduceOnPlateau schedule, Monitor monitor) {
    this.schedule = schedule;
    this.monitor = monitor;
  }

  /**
   * Returns a listener that reports the validation loss.
   *
   * @param schedule the schedule of the optimizer
   * @return a listener
   */
  public static PlateauListener of(ReduceOnPlateau schedule) {
    return of(schedule, Monitor.validationLoss());
  }

  /**
   * Returns a listener that reports a figure.
   *
   * @param schedule the schedule of the optimizer
   * @param monitor the figure
   * @return a listener
   */
  public static PlateauListener of(ReduceOnPlateau schedule, Monitor monitor) {
    return new PlateauListener(
        Require.notNull(schedule, "PlateauListener.of", "schedule"),
        Require.notNull(monitor, "PlateauListener.of", "monitor"));
  }

  /** Returns the monitored figure. The rest of the state is that of the schedule. */
  @Override
  public ListenerState state() {
    return new ListenerState(Map.of(monitor.toString(), 1.0));
  }

  /** Lets the schedule forget the best of another figure. */
  @Override
  public void restore(ListenerState state) {
    Require.notNull(state, "PlateauListener.restore", "state");
    if (!state.numbers().containsKey(monitor.toString())) {
      schedule.forget();
    }
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    monitor.requireIn(event, NAME);
    if (training.progress().steps() == 0) {
      schedule.forget(); // the best of a run before, of another trainer
    }
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    monitor.warnOfNaN(event, NAME);
    schedule.report(monitor.cost(event));
  }
}
