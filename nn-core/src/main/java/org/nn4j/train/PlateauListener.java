package org.nn4j.train;

import org.nn4j.Require;
import org.nn4j.optim.ReduceOnPlateau;

/**
 * Reports a figure to a {@link ReduceOnPlateau} schedule after each epoch. A figure that is NaN
 * counts as not better, with a warning in the log. Not thread-safe.
 *
 * @param schedule the schedule of the optimizer
 * @param monitor the figure
 */
public record PlateauListener(ReduceOnPlateau schedule, Monitor monitor)
    implements TrainingListener {
  private static final String NAME = "PlateauListener";

  /**
   * Checks the arguments.
   *
   * @param schedule the schedule of the optimizer
   * @param monitor the figure
   */
  public PlateauListener {
    Require.notNull(schedule, "PlateauListener", "schedule");
    Require.notNull(monitor, "PlateauListener", "monitor");
  }

  /**
   * Tells the validation loss.
   *
   * @param schedule the schedule of the optimizer
   */
  public PlateauListener(ReduceOnPlateau schedule) {
    this(schedule, Monitor.validationLoss());
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    monitor.requireIn(event, NAME);
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    monitor.warnOfNaN(event, NAME);
    schedule.report(monitor.cost(event));
  }
}
