package org.nn4j.train;

import java.util.List;
import org.nn4j.Require;
import org.nn4j.internal.Texts;
import org.nn4j.metric.Metric;
import org.nn4j.train.TrainingListener.TrainBegin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figure of an epoch to compare, and its better direction.
 *
 * <p>A figure that is NaN is never better, as in Keras: {@link EarlyStopping} counts the epoch as
 * one without improvement and states the NaN in the {@link StopReason}; the other listeners log a
 * warning with figure and epoch. A figure that the run does not compute is refused before the first
 * step.
 *
 * @param figure its name as in {@link EpochResult#figures}, such as {@code "validation_loss"}
 * @param higherIsBetter false if a smaller figure is better
 */
public record Monitor(String figure, boolean higherIsBetter) {
  private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

  /**
   * Checks the arguments.
   *
   * @param figure its name as in {@link EpochResult#figures}, such as {@code "validation_loss"}
   * @param higherIsBetter false if a smaller figure is better
   */
  public Monitor {
    Require.notNull(figure, "Monitor", "figure");
  }

  static final String TRAINING = "training_";
  static final String VALIDATION = "validation_";

  /** Returns the direction and the figure. Names of states in checkpoints contain it. */
  @Override
  public String toString() {
    return (higherIsBetter ? "highest " : "lowest ") + figure;
  }

  /**
   * Returns a monitor of the loss on the validation data.
   *
   * @return a monitor of {@code "validation_loss"}
   */
  public static Monitor validationLoss() {
    return new Monitor(VALIDATION + "loss", false);
  }

  /**
   * Returns a monitor of the loss on the training data.
   *
   * @return a monitor of {@code "loss"}
   */
  public static Monitor trainingLoss() {
    return new Monitor("loss", false);
  }

  /**
   * Returns a monitor of a validation metric that is better when it is smaller.
   *
   * @param metric one of the metrics of the trainer, such as {@code mse()}
   * @return a monitor
   */
  public static Monitor lowest(Metric metric) {
    Require.notNull(metric, "Monitor.lowest", "metric");
    return new Monitor(VALIDATION + metric.name(), false);
  }

  /**
   * Returns a monitor of a validation metric that is better when it is larger.
   *
   * @param metric one of the metrics of the trainer, such as {@code accuracy()}
   * @return a monitor
   */
  public static Monitor highest(Metric metric) {
    Require.notNull(metric, "Monitor.highest", "metric");
    return new Monitor(VALIDATION + metric.name(), true);
  }

  /**
   * Returns the figure.
   *
   * @param end an epoch
   * @return its value
   * @throws IllegalStateException if the epoch has no such figure
   */
  public double value(EpochResult end) {
    Require.notNull(end, "Monitor.value", "end");
    Number value = end.figures().get(figure);
    if (value == null) {
      throw missing("epoch " + end.epoch(), List.copyOf(end.figures().keySet()));
    }
    return value.doubleValue();
  }

  /**
   * Returns the figure as a cost: smaller is better.
   *
   * @param end an epoch
   * @return the figure or, if higher is better, its negative; infinite for NaN, which is never
   *     better
   * @throws IllegalStateException if the epoch has no such figure
   */
  public double cost(EpochResult end) {
    Require.notNull(end, "Monitor.cost", "end");
    double value = value(end);
    if (Double.isNaN(value)) {
      return Double.POSITIVE_INFINITY;
    }
    return higherIsBetter ? -value : value;
  }

  /**
   * Logs a warning if the figure is NaN.
   *
   * @param end an epoch
   * @param who the name in messages of the listener that watches the figure
   * @throws IllegalStateException if the epoch has no such figure
   */
  public void warnOfNaN(EpochResult end, String who) {
    Require.notNull(end, "Monitor.warnOfNaN", "end");
    Require.notNull(who, "Monitor.warnOfNaN", "who");
    warnOfNaN(end, who, LOG);
  }

  void warnOfNaN(EpochResult end, String who, Logger log) {
    if (Double.isNaN(value(end))) {
      log.warn(
          Require.message(
              who,
              "a number as figure '" + figure + "'",
              "NaN in epoch " + end.epoch() + ", which counts as not better",
              "monitor another figure, or correct the data or the metric that makes it NaN"));
    }
  }

  /**
   * Checks, before training, that the run computes the figure. Training metrics are refused: after
   * a resume in mid-epoch they cover only the rest, so a resumed run could differ.
   *
   * @param event the beginning of a fit
   * @param who the name in messages of the listener that watches the figure
   * @throws IllegalStateException if the run does not have the figure, or it is a training metric
   */
  public void requireIn(TrainBegin event, String who) {
    Require.notNull(event, "Monitor.requireIn", "event");
    Require.notNull(who, "Monitor.requireIn", "who");
    if (figure.startsWith(TRAINING)) {
      throw new IllegalStateException(
          Require.message(
              who,
              "the training loss or a figure of the validation data",
              "'" + figure + "'",
              "watch the same metric on validation data"));
    }
    boolean ofValidation = figure.startsWith(VALIDATION);
    List<String> there = event.validationFigures();
    if (ofValidation && !there.contains(figure.substring(VALIDATION.length()))) {
      throw missing(who, there.stream().map(name -> VALIDATION + name).toList());
    }
  }

  private IllegalStateException missing(String who, List<String> there) {
    return new IllegalStateException(
        Require.message(
            who,
            "the figure '" + figure + "'",
            there.isEmpty() ? "no validation data" : "only [" + Texts.list(there) + "]",
            "set validation data and this metric in the trainer, or monitor another figure"));
  }
}
