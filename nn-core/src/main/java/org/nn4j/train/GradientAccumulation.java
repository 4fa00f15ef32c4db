package org.nn4j.train;

import java.util.Iterator;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.data.batch.Batch;
import org.nn4j.internal.PackedParameters;
import org.nn4j.internal.kernel.Kernel;

/**
 * Gradients of several micro-batches as if they were one batch.
 *
 * <pre>
 * L = Σ Bₘ Lₘ / B,  B = Σ Bₘ      over the micro-batches m of Bₘ samples
 * g = Σ Bₘ gₘ / B
 * </pre>
 *
 * <p>A smaller last micro-batch is weighted by its samples. With one micro-batch nothing is
 * multiplied.
 *
 * @param microBatches the number in a step
 */
record GradientAccumulation(int microBatches) {
  /** Returns {@code Bₘ}, or 1 if a step is one batch. */
  double weight(int samples) {
    return microBatches > 1 ? samples : 1;
  }

  /** Multiplies the accumulated gradients by {@code 1/B}, in place. */
  void average(ParameterVector parameters, int samples) {
    if (microBatches > 1 && parameters.length() > 0) {
      Kernel.scale(PackedParameters.of(parameters).gradients(), 1.0 / samples);
    }
  }

  /** Skips the batches of earlier steps. */
  void skip(int steps, Iterator<Batch> batches) {
    for (long taken = 0; taken < (long) steps * microBatches; taken++) {
      boolean lastStepMayBePartial = taken > (long) (steps - 1) * microBatches;
      if (!batches.hasNext() && lastStepMayBePartial) {
        return;
      }
      if (!batches.hasNext()) {
        throw new IllegalStateException(
            Require.message(
                "Trainer",
                "an epoch of at least the " + steps + " steps that the run has taken in it",
                "its end after " + taken + " batches",
                "resume with the data and the batch size of the run"));
      }
      batches.next();
    }
  }
}
