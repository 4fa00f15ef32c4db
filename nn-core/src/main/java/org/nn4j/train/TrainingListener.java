package org.nn4j.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.nn4j.Require;
import org.nn4j.model.Evaluation;

/**
 * Callbacks for training events. By default all methods do nothing. They are called on the training
 * thread, in the order in which listeners were added. An exception of a listener ends training,
 * with the parameters of the last complete step.
 *
 * <p>A listener whose state changes the course of training, such as the best figure so far, returns
 * it from {@link #state} and restores it in {@link #restore}; otherwise a resumed run differs. It
 * must keep this state at the end of an interrupted fit.
 */
public interface TrainingListener {
  /**
   * Called at the beginning of a fit.
   *
   * @param event its length and figures
   * @param training the current training
   */
  default void onTrainBegin(TrainBegin event, Training training) {}

  /**
   * Called at the beginning of an epoch, or when one is resumed.
   *
   * @param event the epoch
   * @param training the current training
   */
  default void onEpochBegin(EpochBegin event, Training training) {}

  /**
   * Called before a step of the optimizer.
   *
   * @param event the step
   * @param training the current training
   */
  default void onBatchBegin(BatchBegin event, Training training) {}

  /**
   * Called after a step of the optimizer.
   *
   * @param event the step and its loss
   * @param training the current training; the network still holds the gradients of the step
   */
  default void onBatchEnd(BatchEnd event, Training training) {}

  /**
   * Called before the network is evaluated on the validation data.
   *
   * @param event the epoch
   * @param training the current training
   */
  default void onValidationBegin(ValidationBegin event, Training training) {}

  /**
   * Called after the network was evaluated on the validation data.
   *
   * @param event the figures
   * @param training the current training
   */
  default void onValidationEnd(ValidationEnd event, Training training) {}

  /**
   * Called after an epoch and its validation, but not for an epoch that is stopped before its end.
   *
   * @param event its figures
   * @param training the current training
   */
  default void onEpochEnd(EpochResult event, Training training) {}

  /**
   * Called at the end of a fit, also if it failed; after {@link EarlyStopping} has restored the
   * best weights.
   *
   * @param event its history
   * @param training the training that has ended
   */
  default void onTrainEnd(TrainEnd event, Training training) {}

  /**
   * Returns the state that a checkpoint contains, from which a listener of the same settings can
   * continue. Called between two steps, on the thread that trains.
   *
   * @return no state by default
   */
  default ListenerState state() {
    return ListenerState.NONE;
  }

  /**
   * Returns the name of the state in a checkpoint. A resumed listener continues from the state of
   * the same name; of several, the i-th from the i-th. Checkpoints contain it, so it must not
   * change.
   *
   * @return by default the simple name of the class; a listener that watches a figure adds it
   */
  default String stateName() {
    return getClass().getSimpleName();
  }

  /**
   * Restores a state before a fit. Not called if the checkpoint has none.
   *
   * @param state a state of a listener of this class; its tensors are copied
   * @throws IllegalArgumentException if it is not the state of such a listener
   */
  default void restore(ListenerState state) {
    Require.notNull(state, this, "state");
  }

  /**
   * Beginning of a fit.
   *
   * @param epochs the number of the last epoch; empty if it depends on the length of the data
   * @param stepsPerEpoch empty if the source of the data does not state it
   * @param trainingFigures the names of the figures that {@link EpochResult#training} will have
   * @param validationFigures the names of the figures that {@link EpochResult#validation} will
   *     have; empty if there is no validation data
   */
  record TrainBegin(
      OptionalInt epochs,
      OptionalInt stepsPerEpoch,
      List<String> trainingFigures,
      List<String> validationFigures) {
    /**
     * Copies the names.
     *
     * @param epochs the number of the last epoch; empty if it depends on the length of the data
     * @param stepsPerEpoch empty if the source of the data does not state it
     * @param trainingFigures the names of the training metrics
     * @param validationFigures the names of the figures of the validation data
     */
    public TrainBegin {
      trainingFigures = List.copyOf(trainingFigures);
      validationFigures = List.copyOf(validationFigures);
    }

    /**
     * Returns the names of the figures that each epoch will have.
     *
     * @return the names of {@link EpochResult#figures}, in the same order
     */
    public Set<String> figures() {
      return new EpochResult(1, 1, 0, 0, 0, 0, zeros(trainingFigures), zeros(validationFigures))
          .figures()
          .keySet();
    }

    private static Evaluation zeros(List<String> names) {
      Map<String, Double> zeros = new LinkedHashMap<>();
      names.forEach(name -> zeros.put(name, 0.0));
      return new Evaluation(zeros);
    }
  }

  /**
   * Beginning of an epoch.
   *
   * @param epoch counted from 1
   * @param epochs the number of the last epoch; empty if it depends on the length of the data
   * @param steps the number of steps in it; empty if the source of the data does not state it
   */
  record EpochBegin(int epoch, OptionalInt epochs, OptionalInt steps) {}

  /**
   * Beginning of a step.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over all epochs
   * @param stepInEpoch counted from 1 in each epoch
   */
  record BatchBegin(int epoch, long step, int stepInEpoch) {}

  /**
   * End of a step.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over all epochs
   * @param stepInEpoch counted from 1 in each epoch
   * @param loss the mean loss of its batch (of all its micro-batches), before the step
   * @param samples the number of samples in its batch
   */
  record BatchEnd(int epoch, long step, int stepInEpoch, double loss, int samples) {}

  /**
   * Beginning of a validation.
   *
   * @param epoch the epoch after which it comes, counted from 1
   */
  record ValidationBegin(int epoch) {}

  /**
   * End of a validation.
   *
   * @param epoch the epoch after which it came, counted from 1
   * @param evaluation the loss and the metrics, {@link EpochResult#validation}
   * @param seconds its duration
   */
  record ValidationEnd(int epoch, Evaluation evaluation, double seconds) {}

  /**
   * End of a fit.
   *
   * @param history what {@link Trainer#fit} returns, or would if it had not failed
   */
  record TrainEnd(History history) {}
}
