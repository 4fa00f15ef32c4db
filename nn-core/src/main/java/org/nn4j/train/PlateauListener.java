package org.nn4j.train;

import org.nn4j.Require;
import org.nn4j.optim.ReduceOnPlateau;

/**
 * Tells a {@link ReduceOnPlateau} schedule a figure after each epoch. Not thread-safe.
 *
 * @param schedule the schedule of the optimizer
 * @param monitor the figure
 */
public record PlateauListener(ReduceOnPlateau schedule, Monitor monitor)
    implements TrainingListener {
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
    monitor.requireIn(event, "PlateauListener");
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    schedule.report(monitor.cost(event));
  }
}
