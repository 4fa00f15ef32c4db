package org.nn4j.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.nn4j.Require;

/**
 * Hears of the progress of training. All methods do nothing unless overridden; they are called on
 * the thread that trains, in the order in which listeners were added. An exception that a listener
 * throws ends training, with the parameters of the last whole step.
 *
 * <p>A listener that remembers something by which it changes the course of training, such as the
 * best figure so far, tells it in {@link #state} and takes it over in {@link #restore}; otherwise a
 * resumed run is not the same. What it remembers between epochs must not be forgotten at the end of
 * a fit that was interrupted.
 */
public interface TrainingListener {
  /**
   * A fit begins.
   *
   * @param event what is to be done
   * @param training the training under way
   */
  default void onTrainBegin(TrainBegin event, Training training) {}

  /**
   * An epoch begins, or goes on where an earlier fit left it.
   *
   * @param event which one
   * @param training the training under way
   */
  default void onEpochBegin(EpochBegin event, Training training) {}

  /**
   * An optimizer step is about to be taken.
   *
   * @param event which one
   * @param training the training under way
   */
  default void onBatchBegin(BatchBegin event, Training training) {}

  /**
   * An optimizer step was taken.
   *
   * @param event which one, and its loss
   * @param training the training under way; the network still holds the gradients of the step
   */
  default void onBatchEnd(BatchEnd event, Training training) {}

  /**
   * The network is about to be measured on the validation data.
   *
   * @param event after which epoch
   * @param training the training under way
   */
  default void onValidationBegin(ValidationBegin event, Training training) {}

  /**
   * The network was measured on the validation data.
   *
   * @param event the figures
   * @param training the training under way
   */
  default void onValidationEnd(ValidationEnd event, Training training) {}

  /**
   * An epoch has ended and was validated. Not called for an epoch that is stopped in its middle.
   *
   * @param event its figures
   * @param training the training under way
   */
  default void onEpochEnd(EpochResult event, Training training) {}

  /**
   * A fit has ended, also if it failed.
   *
   * @param event what was done
   * @param training the training that is over
   */
  default void onTrainEnd(TrainEnd event, Training training) {}

  /**
   * What a listener of the same settings has to know to go on in the place of this one: its part of
   * a checkpoint. Asked for between two steps, on the thread that trains.
   *
   * @return no state unless overridden
   */
  default ListenerState state() {
    return ListenerState.NONE;
  }

  /**
   * Takes over a state in the place of its own, before a fit begins. Not called if the checkpoint
   * has none.
   *
   * @param state what {@link #state} gave of a listener of this class; its tensors are copied
   * @throws IllegalArgumentException if it is not the state of such a listener
   */
  default void restore(ListenerState state) {
    Require.notNull(state, this, "state");
  }

  /**
   * The beginning of a fit.
   *
   * @param epochs the number of the last epoch; empty if it depends on the length of the data
   * @param stepsPerEpoch empty if the source of the data does not know
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
     * @param stepsPerEpoch empty if the source of the data does not know
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

    private static Map<String, Double> zeros(List<String> names) {
      Map<String, Double> zeros = new LinkedHashMap<>();
      names.forEach(name -> zeros.put(name, 0.0));
      return zeros;
    }
  }

  /**
   * The beginning of an epoch.
   *
   * @param epoch counted from 1
   * @param epochs the number of the last epoch; empty if it depends on the length of the data
   * @param steps the number of steps in it; empty if the source of the data does not know
   */
  record EpochBegin(int epoch, OptionalInt epochs, OptionalInt steps) {}

  /**
   * The beginning of a step.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over all epochs
   * @param stepInEpoch counted from 1 in each epoch
   */
  record BatchBegin(int epoch, long step, int stepInEpoch) {}

  /**
   * A step.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over all epochs
   * @param stepInEpoch counted from 1 in each epoch
   * @param loss the mean loss of its batch (of all its micro-batches), before the step
   * @param samples the number of samples in its batch
   */
  record BatchEnd(int epoch, long step, int stepInEpoch, double loss, int samples) {}

  /**
   * The beginning of a validation.
   *
   * @param epoch the epoch after which it comes, counted from 1
   */
  record ValidationBegin(int epoch) {}

  /**
   * A validation.
   *
   * @param epoch the epoch after which it came, counted from 1
   * @param figures those of {@link EpochResult#validation}
   * @param seconds the time it took
   */
  record ValidationEnd(int epoch, Map<String, Double> figures, double seconds) {}

  /**
   * The end of a fit.
   *
   * @param history what {@link Trainer#fit} returns, or would if it had not failed
   */
  record TrainEnd(History history) {}
}
