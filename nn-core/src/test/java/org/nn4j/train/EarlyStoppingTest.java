package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.onEpochEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.io.ModelFormatException;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.listener.CsvListener;
import org.nn4j.train.listener.JsonLinesListener;
import org.nn4j.train.listener.LossLimit;

class EarlyStoppingTest {
  @Test
  void earlyStoppingStopsAndRestoresTheBestWeights() {
    Network network = network();
    INDArray[] best = new INDArray[1];
    // A rate that grows without end: the validation loss first falls, then rises.
    Trainer trainer =
        trainer(network)
            .optimizer(sgd(step -> 0.02 * Math.pow(1.6, (double) step)))
            .batchSize(64)
            .epochs(100)
            .validation(quadrants(2, 100))
            .listener(EarlyStopping.after(3))
            .listener(
                new TrainingListener() {
                  private double lowest = Double.POSITIVE_INFINITY;

                  @Override
                  public void onEpochEnd(EpochResult event, Training training) {
                    double loss = Monitor.validationLoss().value(event);
                    if (loss < lowest) {
                      lowest = loss;
                      best[0] = training.network().parameters().values().dup();
                    }
                  }
                })
            .build();
    History history = trainer.fit(quadrants(1, 64));
    int bestEpoch = history.best(Monitor.validationLoss()).epoch();
    assertThat(history.epochs()).hasSize(bestEpoch + 3).hasSizeLessThan(100);
    assertThat(history.stopReason())
        .isEqualTo(
            new StopReason(
                StopReason.Kind.STOPPED,
                "EarlyStopping: no better validation_loss in 3 epochs, best in epoch "
                    + bestEpoch));
    assertThat(doubles(network.parameters().values())).containsExactly(doubles(best[0]));
  }

  @Test
  void earlyStoppingCanKeepTheLastWeightsAndAskForMore() {
    Network network = network();
    double[][] last = new double[1][];
    History history =
        trainer(network)
            .epochs(50)
            .listener(
                EarlyStopping.after(2)
                    .watching(Monitor.trainingLoss())
                    .minDelta(100)
                    .keepingLastWeights())
            .listener(
                onEpochEnd(
                    (event, training) ->
                        last[0] = doubles(training.network().parameters().values())))
            .build()
            .fit(quadrants(1, 64));
    assertThat(history.epochs()).as("the first is better than none, two more not").hasSize(3);
    assertThat(doubles(network.parameters().values())).containsExactly(last[0]);
    assertThatThrownBy(() -> EarlyStopping.after(0))
        .hasMessage("EarlyStopping: expected a positive patience, found 0; pass 1 or more");
  }

  @Test
  void aFigureThatWillNotComeIsRefusedBeforeTraining() {
    Network network = network();
    double[] before = doubles(network.parameters().values());
    Trainer trainer =
        trainer(network)
            .validation(quadrants(2, 10))
            .listener(EarlyStopping.after(1).watching(Monitor.highest(accuracy())))
            .build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "EarlyStopping: expected the figure 'validation_accuracy', found only"
                + " [validation_loss]; set validation data and this metric in the trainer, or"
                + " monitor another figure");
    assertThat(doubles(network.parameters().values())).containsExactly(before);
  }

  /** A metric whose values are given, one for each evaluation. */
  private static Metric scripted(double... values) {
    return new Metric() {
      private int next = -1;

      @Override
      public String name() {
        return "score";
      }

      @Override
      public void update(INDArray predictions, INDArray targets) {}

      @Override
      public double value() {
        return values[next];
      }

      @Override
      public void reset() {
        next++;
      }
    };
  }

  private static StopReason endingOf(EarlyStopping listener, double... values) {
    return trainer(network())
        .epochs(values.length)
        .validation(quadrants(2, 10))
        .metric(scripted(values))
        .listener(listener)
        .build()
        .fit(quadrants(1, 64))
        .stopReason();
  }

  @Test
  void aFigureThatIsNaNIsNotBetterAndIsNamed() {
    double nan = Double.NaN;
    for (Monitor monitor : List.of(Monitor.highest(scripted()), Monitor.lowest(scripted()))) {
      EarlyStopping two = EarlyStopping.after(2).watching(monitor);
      assertThat(endingOf(two, nan, nan, 1, 1))
          .hasToString(
              "stopped: EarlyStopping: no better validation_score in 2 epochs (NaN in 2 of them),"
                  + " and none before; monitor another figure, or lower the learning rate");
      assertThat(endingOf(two, nan, 1, nan, 1, 1))
          .hasToString(
              "stopped: EarlyStopping: no better validation_score in 2 epochs (NaN in 1 of them),"
                  + " best in epoch 2; monitor another figure, or lower the learning rate");
      assertThat(endingOf(two, nan, 1, 1, 1, 1))
          .as("a NaN before the best is past")
          .hasToString(
              "stopped: EarlyStopping: no better validation_score in 2 epochs, best in epoch 2");
    }
  }

  @Test
  void theCountOfNaNsIsPartOfACheckpointAndMayBeMissing() {
    EarlyStopping stopping = EarlyStopping.after(3);
    assertThat(stopping.state().number("nan_in_a_row")).isZero();
    Map<String, Double> older = new HashMap<>(stopping.state().numbers());
    older.remove("nan_in_a_row");
    stopping.restore(new ListenerState(older));
    assertThat(stopping.state().number("nan_in_a_row")).isZero();
    older.put("nan_in_a_row", 2.0);
    stopping.restore(new ListenerState(older));
    assertThat(stopping.state().number("nan_in_a_row")).isEqualTo(2);
  }

  @Test
  void aMonitorWarnsOfNaN() {
    RecordingLogger log = new RecordingLogger();
    Monitor monitor = Monitor.highest(scripted());
    EpochResult end =
        new EpochResult(
            3, 1, 1, 0.1, 1, 1, Evaluation.none(), new Evaluation(Map.of("score", Double.NaN)));
    monitor.warnOfNaN(end, "LossLimit", log);
    assertThat(log.lines)
        .containsExactly(
            "WARN LossLimit: expected a number as figure 'validation_score', found NaN in epoch 3,"
                + " which counts as not better; monitor another figure, or correct the data or the"
                + " metric that makes it NaN");
    monitor.warnOfNaN(
        new EpochResult(
            4, 1, 1, 0.1, 1, 1, Evaluation.none(), new Evaluation(Map.of("score", 1.0))),
        "LossLimit",
        log);
    assertThat(log.lines).hasSize(1);
  }

  /** A checkpoint of a run with two listeners, whose states differ. */
  private static Checkpoint checkpointOf(TrainingListener... listeners) {
    TrainerBuilder builder =
        trainer(network()).epochs(2).validation(quadrants(2, 60)).metric(accuracy());
    List.of(listeners).forEach(builder::listener);
    Checkpoint[] checkpoint = new Checkpoint[1];
    builder
        .listener(onEpochEnd((event, training) -> checkpoint[0] = training.checkpoint()))
        .build()
        .fit(quadrants(1, 64));
    return checkpoint[0];
  }

  private static void resume(Checkpoint checkpoint, TrainingListener... listeners)
      throws ModelFormatException {
    TrainerBuilder builder = trainer(network()).epochs(2);
    List.of(listeners).forEach(builder::listener);
    builder.build().resume(checkpoint);
  }

  /** Cost is minus the accuracy: no loss would ever be better. */
  @Test
  void aStateIsForTheListenerThatWatchesTheSameFigure() throws ModelFormatException {
    Monitor highest = Monitor.highest(accuracy());
    EarlyStopping ofLoss = EarlyStopping.after(2);
    EarlyStopping ofAccuracy = ofLoss.watching(highest);
    Checkpoint checkpoint = checkpointOf(ofLoss, ofAccuracy);
    resume(checkpoint, ofAccuracy, ofLoss);
    double bestLoss = ofLoss.state().number("best");
    assertThat(bestLoss).isPositive().isFinite();
    assertThat(ofAccuracy.state().number("best")).isNegative();

    EarlyStopping otherWay = ofLoss.watching(new Monitor("validation_accuracy", false));
    resume(checkpoint, otherWay);
    assertThat(otherWay.state().number("best")).isInfinite();
  }

  /** Checkpoints contain these names, so they must not change. */
  @Test
  void namesOfStatesContainWhatTheyAreOf() {
    CheckpointListener checkpoints = CheckpointListener.into(Path.of("folder"));
    assertThat(
            List.of(
                EarlyStopping.after(1),
                LossLimit.of(1),
                checkpoints,
                checkpoints.keepBest(Monitor.highest(accuracy())),
                CsvListener.to(Path.of("folder", "a.csv")),
                JsonLinesListener.to(Path.of("a.jsonl"))))
        .extracting(TrainingListener::stateName)
        .containsExactly(
            "EarlyStopping(lowest validation_loss)",
            "LossLimit(lowest loss)",
            "CheckpointListener",
            "CheckpointListener(highest validation_accuracy)",
            "CsvListener(a.csv)",
            "JsonLinesListener(a.jsonl)");
  }

  @Test
  void anEarlyCheckpointNamesOnlyTheClass() throws ModelFormatException {
    Checkpoint early =
        trainer(network())
            .epochs(2)
            .build()
            .checkpoint()
            .withTensor("listener.EarlyStopping.0.best", Nd4j.scalar(0.5))
            .withTensor("listener.EarlyStopping.0.best_epoch", Nd4j.scalar(1.0))
            .withTensor("listener.EarlyStopping.0.worse_in_a_row", Nd4j.scalar(1.0))
            .withTensor("listener.LossLimit.0.reached", Nd4j.scalar(0.25));
    EarlyStopping stopping = EarlyStopping.after(3);
    LossLimit limit = LossLimit.of(0.3);
    resume(early, limit, stopping);
    assertThat(stopping.state().number("best")).isEqualTo(0.5);
    assertThat(limit.state().number("reached")).isEqualTo(0.25);
  }
}
