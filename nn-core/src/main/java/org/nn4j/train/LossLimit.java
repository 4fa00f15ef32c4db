package org.nn4j.train;

import org.nn4j.Require;

/**
 * Stops after the first epoch whose figure reaches a limit: good enough is enough. Thread-safe.
 *
 * @param monitor the figure
 * @param limit stops when the figure is this or better
 */
public record LossLimit(Monitor monitor, double limit) implements TrainingListener {
  /**
   * Checks the limit.
   *
   * @param monitor the figure
   * @param limit stops when the figure is this or better
   * @throws IllegalArgumentException if it is not finite
   */
  public LossLimit {
    Require.finite(limit, "LossLimit", "limit");
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
  public void onTrainBegin(TrainBegin event, Training training) {
    monitor.requireIn(event, "LossLimit");
  }

  @Override
  public void onEpochEnd(EpochEnd event, Training training) {
    double value = monitor.value(event);
    if (monitor.higherIsBetter() ? value >= limit : value <= limit) {
      training.stop("LossLimit: " + monitor.figure() + " " + value + " reached " + limit);
    }
  }
}
