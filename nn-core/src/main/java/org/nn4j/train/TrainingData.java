package org.nn4j.train;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Batches;
import org.nn4j.data.Epoch;

/**
 * What a fit works on.
 *
 * @param batches to train on
 * @param validation to measure on; null if there is none
 * @param size how much there is to train on, in words
 * @param owned what was made for this fit, to be closed at its end
 */
record TrainingData(
    BatchSource batches, @Nullable BatchSource validation, String size, List<Batches> owned)
    implements AutoCloseable {
  @Override
  public void close() {
    owned.forEach(Batches::close);
  }

  /**
   * Checks the first targets to measure on, so that what all of them have in common is refused
   * before the first step. A source that is read once an epoch is left alone.
   */
  void requireValidationTargets(Loss loss) {
    if (validation instanceof Batches) {
      try (Epoch epoch = validation.evaluation()) {
        loss.requireTargets(epoch.iterator().next().targets());
      }
    }
  }

  /** The number of steps of so many micro-batches each, if the source knows its length. */
  OptionalInt stepsPerEpoch(int microBatches) {
    OptionalInt count = batches.batchesPerEpoch();
    return count.isEmpty()
        ? count
        : OptionalInt.of((count.getAsInt() + microBatches - 1) / microBatches);
  }
}
