package org.nn4j;

import java.util.OptionalLong;

/**
 * Length of a training run in steps, as far as it is known.
 *
 * @param stepsPerEpoch empty if the source of the data does not state its length
 * @param steps from the beginning of the run to its end; empty if unknown
 */
public record RunLength(OptionalLong stepsPerEpoch, OptionalLong steps) {
  /**
   * Checks the arguments.
   *
   * @param stepsPerEpoch at least 1 if known
   * @param steps at least 1 if known
   * @throws IllegalArgumentException if one is below 1
   */
  public RunLength {
    Require.notNull(stepsPerEpoch, "RunLength", "stepsPerEpoch");
    Require.notNull(steps, "RunLength", "steps");
    Require.that(
        stepsPerEpoch.orElse(1) >= 1,
        "RunLength",
        "a positive number of steps per epoch",
        stepsPerEpoch);
    Require.that(steps.orElse(1) >= 1, "RunLength", "a positive number of steps", steps);
  }

  /**
   * Returns the length of a run of whole epochs.
   *
   * @param epochs at least 1
   * @param stepsPerEpoch at least 1
   * @return a length
   * @throws IllegalArgumentException if one is below 1, or there are more than {@link
   *     Long#MAX_VALUE} steps
   */
  public static RunLength of(int epochs, long stepsPerEpoch) {
    Require.atLeastOne(epochs, "RunLength", "number of epochs");
    Require.that(
        stepsPerEpoch <= Long.MAX_VALUE / epochs,
        "RunLength",
        "at most " + Long.MAX_VALUE + " steps",
        epochs + " epochs of " + stepsPerEpoch);
    return new RunLength(OptionalLong.of(stepsPerEpoch), OptionalLong.of(epochs * stepsPerEpoch));
  }
}
