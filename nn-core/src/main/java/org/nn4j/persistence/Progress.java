package org.nn4j.persistence;

import org.nn4j.Require;

/**
 * Progress of a training run between two steps. A {@link Checkpoint} contains it with the
 * parameters, the state of the optimizer and the random streams of the pass.
 *
 * @param epoch the epoch under way, or the next one if none is, counted from 1
 * @param stepsInEpoch the steps taken in that epoch
 * @param steps the steps taken in all epochs
 * @param lossSum the sum of the losses of the samples of that epoch so far
 * @param samples the number of samples of that epoch so far
 */
public record Progress(int epoch, int stepsInEpoch, long steps, double lossSum, long samples) {
  /** Progress before the first step. */
  public static final Progress START = new Progress(1, 0, 0, 0, 0);

  /**
   * Checks the arguments.
   *
   * @param epoch the epoch under way, or the next one if none is, counted from 1
   * @param stepsInEpoch the steps taken in that epoch
   * @param steps the steps taken in all epochs
   * @param lossSum the sum of the losses of the samples of that epoch so far
   * @param samples the number of samples of that epoch so far
   * @throws IllegalArgumentException if a number is negative, or the steps contradict each other
   */
  public Progress {
    Require.atLeastOne(epoch, "Progress", "epoch");
    Require.that(stepsInEpoch >= 0, "Progress", "steps in the epoch of 0 or more", stepsInEpoch);
    Require.that(
        steps >= stepsInEpoch,
        "Progress",
        "steps of at least " + stepsInEpoch + ", those in the epoch",
        steps);
    Require.that(samples >= stepsInEpoch, "Progress", "a sample or more in each step", samples);
  }

  /**
   * Returns the mean loss of the epoch so far.
   *
   * @return NaN before its first step
   */
  public double loss() {
    return lossSum / samples;
  }
}
