package org.nn4j.train;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Evaluator;

/**
 * Data of a fit.
 *
 * @param batches training batches; null if workers have the data
 * @param batchesPerEpoch empty if the source does not state its length
 * @param validation validation batches; null if there are none
 * @param size the size of the training data, in words
 * @param owned batches that are closed at the end of the fit
 */
record TrainingData(
    @Nullable BatchSource batches,
    OptionalInt batchesPerEpoch,
    @Nullable BatchSource validation,
    String size,
    List<Batches> owned)
    implements AutoCloseable {
  @Override
  public void close() {
    owned.forEach(Batches::close);
  }

  /**
   * Checks the first validation targets, so that targets which do not fit the loss are refused
   * before the first step. A source that can be read once an epoch is not checked.
   */
  void requireValidationTargets(Loss loss) {
    if (validation instanceof Batches) {
      try (Epoch epoch = validation.evaluation()) {
        loss.requireTargets(epoch.iterator().next().targets());
      }
    }
  }

  /** Returns the number of steps in an epoch; empty if the source does not state its length. */
  OptionalInt stepsPerEpoch(int microBatches) {
    return batchesPerEpoch.isEmpty()
        ? batchesPerEpoch
        : OptionalInt.of((batchesPerEpoch.getAsInt() + microBatches - 1) / microBatches);
  }

  /** Returns the names of the figures of {@link #validate}. */
  List<String> figures(Evaluator evaluator) {
    return validation == null ? List.of() : evaluator.figures();
  }

  /** Evaluates the validation data after an epoch; without any there is no figure. */
  Evaluation validate(Evaluator evaluator, int epoch, ListenerList listeners) {
    if (validation == null) {
      return Evaluation.none();
    }
    listeners.validationBegin(epoch);
    long start = System.nanoTime();
    Evaluation evaluation = evaluator.evaluate(validation);
    listeners.validationEnd(epoch, evaluation, (System.nanoTime() - start) / 1e9);
    return evaluation;
  }
}
