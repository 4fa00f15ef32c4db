package org.nn4j.train;

/**
 * Hears of the progress of training. All methods do nothing unless overridden; they are called on
 * the thread that trains.
 */
public interface TrainingListener {
  /**
   * An epoch begins.
   *
   * @param event which one
   */
  default void onEpochBegin(EpochBegin event) {}

  /**
   * An optimizer step was taken.
   *
   * @param event which one, and its loss
   */
  default void onStep(StepEnd event) {}

  /**
   * An epoch has ended and was validated.
   *
   * @param event its figures
   */
  default void onEpochEnd(EpochEnd event) {}

  /**
   * The beginning of an epoch.
   *
   * @param epoch counted from 1
   * @param epochs how many there will be
   * @param steps the number of steps in it
   */
  record EpochBegin(int epoch, int epochs, int steps) {}

  /**
   * A step.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over all epochs
   * @param loss the mean loss of its batch, before the step
   * @param samples the number of samples in its batch
   */
  record StepEnd(int epoch, long step, double loss, int samples) {}
}
