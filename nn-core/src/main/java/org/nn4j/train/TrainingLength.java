package org.nn4j.train;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nn4j.RunLength;

/**
 * Length of training: a number of epochs or of steps, the other unbounded.
 *
 * @param epochs counted from the beginning of the run
 * @param steps counted from the beginning of the run
 */
record TrainingLength(int epochs, long steps) {
  static TrainingLength ofEpochs(int epochs) {
    return new TrainingLength(epochs, Long.MAX_VALUE);
  }

  static TrainingLength ofSteps(long steps) {
    return new TrainingLength(Integer.MAX_VALUE, steps);
  }

  boolean isReached(MutableProgress position) {
    return position.epoch() > epochs || position.steps() >= steps;
  }

  /** Returns the same length from a position on. */
  static TrainingLength after(MutableProgress position, TrainingLength length) {
    return length.steps == Long.MAX_VALUE
        ? ofEpochs((int) Math.min(position.epoch() - 1L + length.epochs, Integer.MAX_VALUE))
        : ofSteps(Math.min(position.steps(), Long.MAX_VALUE - 1 - length.steps) + length.steps);
  }

  /** Returns the length in steps of a run at a position. */
  RunLength inSteps(MutableProgress position, OptionalInt stepsPerEpoch) {
    OptionalLong perEpoch =
        stepsPerEpoch.isEmpty() ? OptionalLong.empty() : OptionalLong.of(stepsPerEpoch.getAsInt());
    if (steps != Long.MAX_VALUE || perEpoch.isEmpty()) {
      boolean isKnown = steps != Long.MAX_VALUE;
      return new RunLength(perEpoch, isKnown ? OptionalLong.of(steps) : OptionalLong.empty());
    }
    long before = position.steps() - position.stepsInEpoch();
    long toCome = (epochs - position.epoch() + 1L) * perEpoch.getAsLong();
    return new RunLength(perEpoch, OptionalLong.of(Math.max(1, before + toCome)));
  }

  /** Returns the number of the last epoch, if it is known before the end. */
  OptionalInt lastEpoch(OptionalInt stepsPerEpoch) {
    if (steps == Long.MAX_VALUE) {
      return OptionalInt.of(epochs);
    }
    return stepsPerEpoch.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            (int) Math.min((steps - 1) / stepsPerEpoch.getAsInt() + 1, Integer.MAX_VALUE));
  }

  @Override
  public String toString() {
    return steps == Long.MAX_VALUE ? epochs + " epochs" : steps + " steps";
  }
}
