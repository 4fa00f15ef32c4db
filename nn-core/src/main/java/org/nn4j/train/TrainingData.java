package org.nn4j.train;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.BatchSource;

/**
 * What a fit works on.
 *
 * @param batches to train on
 * @param validation to measure on; null if there is none
 * @param size how much there is to train on, in words
 */
record TrainingData(BatchSource batches, @Nullable BatchSource validation, String size) {
  /** The number of steps of so many micro-batches each, if the source knows its length. */
  OptionalInt stepsPerEpoch(int microBatches) {
    OptionalInt count = batches.batchesPerEpoch();
    return count.isEmpty()
        ? count
        : OptionalInt.of((count.getAsInt() + microBatches - 1) / microBatches);
  }
}
