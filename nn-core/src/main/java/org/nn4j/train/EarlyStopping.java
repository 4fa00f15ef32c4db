package org.nn4j.train;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.internal.memory.Detached;

/**
 * Listener that stops when a figure has not improved for some epochs, and restores the weights of
 * the best epoch.
 *
 * <pre>
 * better when cost &lt; best cost − minDelta     cost: the figure, or −1 times one to maximize
 * stops after {@code patience} epochs in a row that are not better
 * </pre>
 *
 * <p>A figure that is NaN is not better. The {@link StopReason} states a stop after such figures.
 *
 * <p>By default it watches the validation loss, any improvement counts, and the best weights are
 * restored when training is complete or stopped. A run that was interrupted or failed keeps its
 * last weights and the count; the next fit, or one resumed from a checkpoint, continues with both.
 * After a completed or stopped run the count restarts.
 *
 * <p>The methods that change a setting return a new listener. For one trainer at a time; not
 * thread-safe.
 */
public final class EarlyStopping implements TrainingListener {
  private static final String NAME = "EarlyStopping";
  private static final String BEST = "best";
  private static final String BEST_EPOCH = "best_epoch";
  private static final String EPOCHS_WITHOUT_IMPROVEMENT = "worse_in_a_row";
  private static final String NAN_IN_A_ROW = "nan_in_a_row";
  private static final String BEST_VALUES = "best_values";

  private final Monitor monitor;
  private final int patience;
  private final double minDelta;
  private final boolean restoresBest;

  private double best = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private int epochsWithoutImprovement;
  private int nanInARow;
  private @Nullable INDArray bestValues;

  private EarlyStopping(Monitor monitor, int patience, double minDelta, boolean restoresBest) {
    this.monitor = monitor;
    this.patience = Require.atLeastOne(patience, NAME, "patience");
    this.minDelta = Require.notNegative(minDelta, NAME, "smallest improvement");
    this.restoresBest = restoresBest;
  }

  /**
   * Returns a listener that watches the validation loss.
   *
   * @param patience the number of epochs in a row without improvement after which training stops, 1
   *     or more
   * @return a new listener
   * @throws IllegalArgumentException if it is below 1
   */
  public static EarlyStopping after(int patience) {
    return new EarlyStopping(Monitor.validationLoss(), patience, 0, true);
  }

  /**
   * Returns a listener that watches another figure.
   *
   * @param figure the figure
   * @return a new listener
   */
  public EarlyStopping watching(Monitor figure) {
    Require.notNull(figure, "EarlyStopping.watching", "figure");
    return new EarlyStopping(figure, patience, minDelta, restoresBest);
  }

  /**
   * Returns a listener with a smallest improvement.
   *
   * @param delta the smallest difference from the best so far that counts as better, 0 or more
   * @return a new listener
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public EarlyStopping minDelta(double delta) {
    return new EarlyStopping(monitor, patience, delta, restoresBest);
  }

  /**
   * Returns a listener that does not restore: the network keeps the weights of its last step.
   *
   * @return a new listener
   */
  public EarlyStopping keepingLastWeights() {
    return new EarlyStopping(monitor, patience, minDelta, false);
  }

  @Override
  public void onTrainBegin(TrainBegin event, Training training) {
    monitor.requireIn(event, NAME);
    if (training.progress().steps() == 0) {
      forget(); // a run before, of another trainer, that was interrupted or failed
    }
    stopIfNoLongerBetter(training);
  }

  @Override
  public void onEpochEnd(EpochResult event, Training training) {
    double cost = monitor.cost(event);
    if (cost < best - minDelta) {
      best = cost;
      bestEpoch = event.epoch();
      epochsWithoutImprovement = 0;
      nanInARow = 0;
      remember(training.network().parameters().values());
    } else {
      epochsWithoutImprovement++;
      nanInARow += Double.isNaN(monitor.value(event)) ? 1 : 0;
      stopIfNoLongerBetter(training);
    }
  }

  private void stopIfNoLongerBetter(Training training) {
    if (epochsWithoutImprovement >= patience) {
      String nan = nanInARow == 0 ? "" : " (NaN in " + nanInARow + " of them)";
      String before = bestEpoch == 0 ? "and none before" : "best in epoch " + bestEpoch;
      String remedy = nanInARow == 0 ? "" : "; monitor another figure, or lower the learning rate";
      training.stop(
          NAME
              + ": no better "
              + monitor.figure()
              + " in "
              + epochsWithoutImprovement
              + " epochs"
              + nan
              + ", "
              + before
              + remedy);
    }
  }

  private void remember(INDArray values) {
    if (restoresBest) {
      if (bestValues == null) {
        bestValues = Detached.make(() -> values.dup('c'));
      } else {
        bestValues.assign(values);
      }
    }
  }

  @Override
  public void onTrainEnd(TrainEnd event, Training training) {
    StopReason.Kind kind = event.history().stopReason().kind();
    if (kind != StopReason.Kind.INTERRUPTED && kind != StopReason.Kind.FAILED) {
      if (bestValues != null) {
        training.network().parameters().setValues(bestValues);
      }
      forget();
    }
  }

  private void forget() {
    best = Double.POSITIVE_INFINITY;
    bestEpoch = 0;
    epochsWithoutImprovement = 0;
    nanInARow = 0;
    if (bestValues != null) {
      bestValues.close();
      bestValues = null;
    }
  }

  /** Returns the class and the monitored figure. */
  @Override
  public String stateName() {
    return NAME + "(" + monitor + ")";
  }

  @Override
  public ListenerState state() {
    return new ListenerState(
        Map.of(
            BEST,
            best,
            BEST_EPOCH,
            (double) bestEpoch,
            EPOCHS_WITHOUT_IMPROVEMENT,
            (double) epochsWithoutImprovement,
            NAN_IN_A_ROW,
            (double) nanInARow),
        bestValues == null ? Map.of() : Map.of(BEST_VALUES, bestValues));
  }

  @Override
  public void restore(ListenerState state) {
    Require.notNull(state, "EarlyStopping.restore", "state");
    forget();
    best = state.number(BEST);
    bestEpoch = (int) state.number(BEST_EPOCH);
    epochsWithoutImprovement = (int) state.number(EPOCHS_WITHOUT_IMPROVEMENT);
    // Absent from checkpoints of earlier versions.
    nanInARow = state.numbers().getOrDefault(NAN_IN_A_ROW, 0.0).intValue();
    INDArray values = state.tensors().get(BEST_VALUES);
    if (values != null) {
      remember(values);
    }
  }

  /** Checks that the best weights, if any, fit the parameters. */
  void requireFits(ParameterVector parameters) {
    INDArray values = bestValues;
    if (values != null) {
      Require.that(
          values.equalShapes(parameters.values()) && values.dataType() == parameters.dataType(),
          NAME,
          "'" + BEST_VALUES + "' [" + parameters.length() + "] of " + parameters.dataType(),
          Arrays.toString(values.shape()) + " of " + values.dataType());
    }
  }
}
