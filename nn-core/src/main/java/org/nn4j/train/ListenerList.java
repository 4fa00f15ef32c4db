package org.nn4j.train;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Checks;
import org.nn4j.internal.jfr.TrainingRecorder;
import org.nn4j.internal.memory.NewArrays;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.TrainingListener.BatchBegin;
import org.nn4j.train.TrainingListener.BatchEnd;
import org.nn4j.train.TrainingListener.EpochBegin;
import org.nn4j.train.TrainingListener.TrainBegin;
import org.nn4j.train.TrainingListener.TrainEnd;
import org.nn4j.train.TrainingListener.ValidationBegin;
import org.nn4j.train.TrainingListener.ValidationEnd;

/**
 * All listeners of a trainer, which it calls as one, and the events of JDK Flight Recorder. Without
 * listeners no event is created.
 *
 * <p>Checkpoints contain the states of the other listeners. A listener that writes checkpoints is
 * therefore called last after a step or an epoch, and first before one and at the end of training,
 * where early stopping restores weights next, so that all others receive the final network.
 *
 * <p>States are stored in a checkpoint as tensors {@code listener.<state name>.<i>.<name>}, numbers
 * as DOUBLE scalars. In early checkpoints, the state name is the simple name of the class.
 */
final class ListenerList {
  private final List<TrainingListener> given;
  private final List<TrainingListener> all;
  private final List<TrainingListener> checkpointsFirst;
  private final List<TrainingListener> atEnd;
  private final Training training;
  private final TrainingRecorder recorder = new TrainingRecorder();

  ListenerList(List<TrainingListener> given, Training training) {
    Comparator<TrainingListener> byKind =
        Comparator.comparing(listener -> listener instanceof CheckpointListener);
    this.given = List.copyOf(given);
    this.all = given.stream().sorted(byKind).toList();
    this.checkpointsFirst = given.stream().sorted(byKind.reversed()).toList();
    this.atEnd =
        checkpointsFirst.stream()
            .sorted(
                Comparator.comparing(
                    listener ->
                        !(listener instanceof CheckpointListener
                            || listener instanceof EarlyStopping)))
            .toList();
    this.training = training;
  }

  void trainBegin(
      OptionalInt epochs, OptionalInt steps, List<String> figures, List<String> ofValidation) {
    TrainBegin event = new TrainBegin(epochs, steps, figures, ofValidation);
    checkpointsFirst.forEach(listener -> listener.onTrainBegin(event, training));
  }

  void epochBegin(int epoch, OptionalInt epochs, OptionalInt steps) {
    recorder.epochBegin();
    EpochBegin event = new EpochBegin(epoch, epochs, steps);
    checkpointsFirst.forEach(listener -> listener.onEpochBegin(event, training));
  }

  void batchBegin(MutableProgress position) {
    recorder.stepBegin();
    if (!all.isEmpty()) {
      BatchBegin event =
          new BatchBegin(position.epoch(), position.steps() + 1, position.stepsInEpoch() + 1);
      checkpointsFirst.forEach(listener -> listener.onBatchBegin(event, training));
    }
  }

  void batchEnd(MutableProgress position, double loss, int samples) {
    recorder.stepEnd(position.epoch(), position.steps(), loss, samples);
    if (!all.isEmpty()) {
      BatchEnd event =
          new BatchEnd(position.epoch(), position.steps(), position.stepsInEpoch(), loss, samples);
      all.forEach(listener -> listener.onBatchEnd(event, training));
    }
  }

  void validationBegin(int epoch) {
    ValidationBegin event = new ValidationBegin(epoch);
    all.forEach(listener -> listener.onValidationBegin(event, training));
  }

  void validationEnd(int epoch, Evaluation evaluation, double seconds) {
    ValidationEnd event = new ValidationEnd(epoch, evaluation, seconds);
    all.forEach(listener -> listener.onValidationEnd(event, training));
  }

  void epochEnd(EpochResult event) {
    recorder.epochEnd(event.epoch(), event.steps(), event.loss(), event.samplesPerSecond());
    all.forEach(listener -> listener.onEpochEnd(event, training));
  }

  /** Calls each listener at the end of a fit, even if another one throws. */
  void trainEnd(History history) {
    Throwable failure = callAll(new TrainEnd(history), null);
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** Calls each listener at the end of a failed fit, even if another one throws. */
  void trainFailed(List<EpochResult> epochs, Throwable failure) {
    StopReason reason = new StopReason(StopReason.Kind.FAILED, failure.toString());
    callAll(new TrainEnd(new History(epochs, reason)), failure);
  }

  /** Returns the first failure, with later ones suppressed. */
  private @Nullable Throwable callAll(TrainEnd event, @Nullable Throwable before) {
    Throwable failure = before;
    for (TrainingListener listener : atEnd) {
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

  /** Adds the state of each listener to a checkpoint. */
  Checkpoint write(Checkpoint checkpoint) {
    Checkpoint more = checkpoint;
    for (Map.Entry<String, TrainingListener> entry : byPrefix(true).entrySet()) {
      ListenerState state =
          Checks.returned(entry.getValue().state(), entry.getValue(), "a state from state()");
      for (Map.Entry<String, Double> number : state.numbers().entrySet()) {
        more =
            more.withTensor(entry.getKey() + number.getKey(), NewArrays.scalar(number.getValue()));
      }
      for (Map.Entry<String, INDArray> tensor : state.tensors().entrySet()) {
        more = more.withTensor(entry.getKey() + tensor.getKey(), tensor.getValue());
      }
    }
    return more;
  }

  /**
   * Restores each listener that has a state in a checkpoint.
   *
   * @throws ModelFormatException if it is not a state of such a listener
   */
  void restore(Checkpoint checkpoint, Network network) throws ModelFormatException {
    Iterator<String> early = byPrefix(false).keySet().iterator();
    for (Map.Entry<String, TrainingListener> entry : byPrefix(true).entrySet()) {
      String earlyPrefix = early.next();
      try {
        ListenerState state = of(entry.getKey(), checkpoint.tensors());
        if (state.equals(ListenerState.NONE)) {
          state = of(earlyPrefix, checkpoint.tensors());
        }
        if (!state.equals(ListenerState.NONE)) {
          entry.getValue().restore(state);
        }
        if (entry.getValue() instanceof EarlyStopping stopping) {
          stopping.requireFits(network.parameters());
        }
      } catch (IllegalArgumentException e) {
        throw new ModelFormatException(
            checkpoint.origin(),
            "tensors 'extra." + entry.getKey() + "*'",
            "what the listener writes",
            String.valueOf(e.getMessage()),
            "use the previous checkpoint",
            e);
      }
    }
  }

  private static ListenerState of(String prefix, Map<String, INDArray> all) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            String own = name.substring(prefix.length());
            if (tensor.rank() == 0) {
              numbers.put(own, tensor.getDouble(0));
            } else {
              tensors.put(own, tensor);
            }
          }
        });
    return new ListenerState(numbers, tensors);
  }

  /**
   * Returns the listeners by the prefix of their state: the i-th of a name has the i-th state, so
   * listeners of other names may vary.
   *
   * @param byStateName false for the simple name of the class, as in early checkpoints
   */
  private Map<String, TrainingListener> byPrefix(boolean byStateName) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, TrainingListener> prefixes = new LinkedHashMap<>();
    for (TrainingListener listener : given) {
      String name =
          byStateName
              ? Checks.returned(listener.stateName(), listener, "a name from stateName()")
              : listener.getClass().getSimpleName();
      int before = counts.merge(name, 1, Integer::sum) - 1;
      prefixes.put("listener." + name + "." + before + ".", listener);
    }
    return prefixes;
  }
}
