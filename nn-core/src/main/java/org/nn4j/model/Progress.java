package org.nn4j.model;

import org.nn4j.Require;

/**
 * How far a training run has come.
 *
 * @param epochs the epochs that are complete
 * @param steps the optimizer steps taken in all
 * @param stepsInEpoch those of them in the epoch that is not complete; 0 between epochs
 */
public record Progress(int epochs, long steps, long stepsInEpoch) {
  /**
   * Checks the arguments.
   *
   * @param epochs the epochs that are complete
   * @param steps the optimizer steps taken in all
   * @param stepsInEpoch those of them in the epoch that is not complete; 0 between epochs
   * @throws IllegalArgumentException if a number is negative, or there are more steps in the epoch
   *     than in all
   */
  public Progress {
    Require.that(
        epochs >= 0 && stepsInEpoch >= 0 && steps >= stepsInEpoch,
        "Progress",
        "numbers of 0 or more, and no more steps in the epoch than in all",
        epochs + " epochs, " + steps + " steps, " + stepsInEpoch + " in the epoch");
  }
}
