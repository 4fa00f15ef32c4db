package org.nn4j.train;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nn4j.train.TrainingListener.BatchBegin;
import org.nn4j.train.TrainingListener.BatchEnd;
import org.nn4j.train.TrainingListener.EpochBegin;
import org.nn4j.train.TrainingListener.TrainBegin;
import org.nn4j.train.TrainingListener.TrainEnd;
import org.nn4j.train.TrainingListener.ValidationBegin;
import org.nn4j.train.TrainingListener.ValidationEnd;

/**
 * All listeners of a trainer; without any, no event is made.
 *
 * <p>Checkpoints hold what the other listeners remember. So those that write them hear last of what
 * was done, and first of what is to come and of the end, at which others may put weights back.
 */
final class Listeners {
  private final List<TrainingListener> all;
  private final List<TrainingListener> checkpointsFirst;
  private final Training training;

  Listeners(List<TrainingListener> given, Training training) {
    Comparator<TrainingListener> byKind =
        Comparator.comparing(listener -> listener instanceof CheckpointListener);
    this.all = given.stream().sorted(byKind).toList();
    this.checkpointsFirst = given.stream().sorted(byKind.reversed()).toList();
    this.training = training;
  }

  void trainBegin(TrainBegin event) {
    checkpointsFirst.forEach(listener -> listener.onTrainBegin(event, training));
  }

  void epochBegin(EpochBegin event) {
    checkpointsFirst.forEach(listener -> listener.onEpochBegin(event, training));
  }

  void batchBegin(Position position) {
    if (!all.isEmpty()) {
      BatchBegin event =
          new BatchBegin(position.epoch(), position.steps() + 1, position.stepsInEpoch() + 1);
      checkpointsFirst.forEach(listener -> listener.onBatchBegin(event, training));
    }
  }

  void batchEnd(Position position, double loss, int samples) {
    if (!all.isEmpty()) {
      BatchEnd event =
          new BatchEnd(position.epoch(), position.steps(), position.stepsInEpoch(), loss, samples);
      all.forEach(listener -> listener.onBatchEnd(event, training));
    }
  }

  void validationBegin(ValidationBegin event) {
    all.forEach(listener -> listener.onValidationBegin(event, training));
  }

  void validationEnd(ValidationEnd event) {
    all.forEach(listener -> listener.onValidationEnd(event, training));
  }

  void epochEnd(EpochEnd event) {
    all.forEach(listener -> listener.onEpochEnd(event, training));
  }

  /** The end of a fit: each listener is called, even if another one throws. */
  void trainEnd(TrainEnd event) {
    Throwable failure = callAll(event, null);
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** The end of a fit that failed: each listener is called, even if another one throws. */
  void trainFailed(TrainEnd event, Throwable failure) {
    callAll(event, failure);
  }

  /** Gives the first failure, with those after it. */
  private @Nullable Throwable callAll(TrainEnd event, @Nullable Throwable before) {
    Throwable failure = before;
    for (TrainingListener listener : checkpointsFirst) {
      try {
        listener.onTrainEnd(event, training);
      } catch (RuntimeException | Error e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    return failure;
  }
}
