package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.train.Callbacks.atStep;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nn4j.data.Dataset;
import org.nn4j.metric.Metric;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.listener.ProgressBar;

class TrainingMetricsTest {
  private static final Dataset DATA = quadrants(1, 70);

  private static TrainerBuilder measured(Network network) {
    return trainer(network).epochs(3).trainingMetric(Metrics.accuracy());
  }

  private static double accuracy(Evaluation evaluation) {
    return evaluation.value(Metrics.accuracy());
  }

  /** Frozen, the network of each step is that of the end. */
  @Test
  void itIsMeasuredInPredictionsOnEachSampleOnce() {
    Network network = network();
    trainer(network).epochs(20).build().fit(DATA);
    network.layers().get(0).freeze(true);
    network.layers().get(1).freeze(true);
    Trainer trainer = measured(network).build();
    double accuracy = accuracy(Evaluator.of(network).metrics(Metrics.accuracy()).evaluate(DATA));
    assertThat(accuracy).isBetween(0.5, 0.99);
    for (EpochResult end : trainer.fit(DATA).epochs()) {
      assertThat(end.training().figures()).containsExactly(Map.entry("accuracy", accuracy));
      assertThat(end.figures()).containsEntry("training_accuracy", accuracy);
    }
  }

  @Test
  void eachEpochIsMeasuredAnewAndTheStepsAreTheSame() {
    Network plain = network();
    trainer(plain).epochs(3).build().fit(DATA);
    Network network = network();
    List<Evaluation> running = new ArrayList<>();
    List<String> announced = new ArrayList<>();
    History history =
        measured(network)
            .validation(quadrants(2, 40))
            .metric(Metrics.accuracy())
            .listener(
                new TrainingListener() {
                  @Override
                  public void onTrainBegin(TrainBegin event, Training training) {
                    announced.addAll(event.trainingFigures());
                  }

                  @Override
                  public void onBatchEnd(BatchEnd event, Training training) {
                    running.add(training.trainingMetrics());
                  }
                })
            .build()
            .fit(DATA);
    assertThat(doubles(network.parameters().values()))
        .containsExactly(doubles(plain.parameters().values()));
    assertThat(announced).containsExactly("accuracy");
    assertThat(running).hasSize(15);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(running.get(5 * epoch + 4)).isEqualTo(history.epochs().get(epoch).training());
      double first = accuracy(running.get(5 * epoch));
      assertThat(first * 16)
          .as("of the 16 samples of the first step")
          .isEqualTo(Math.rint(first * 16));
    }
    assertThat(history.last().training()).isNotEqualTo(history.epochs().get(0).training());
    assertThat(history.last().figures().keySet())
        .containsExactly(
            "epoch",
            "steps",
            "loss",
            "learning_rate",
            "seconds",
            "samples_per_second",
            "training_accuracy",
            "validation_loss",
            "validation_accuracy");
  }

  @Test
  void anEpochThatWasStoppedGoesOnWithItsFigures() throws IOException {
    History whole = measured(network()).build().fit(DATA);
    Trainer[] trainer = new Trainer[1];
    trainer[0] = measured(network()).listener(atStep(8, training -> trainer[0].stop())).build();
    EpochResult cutShort = trainer[0].fit(DATA).last();
    assertThat(cutShort.steps()).isEqualTo(3);
    assertThat(accuracy(cutShort.training()) * 48)
        .isEqualTo(Math.rint(accuracy(cutShort.training()) * 48));
    Trainer resumed = measured(network()).build();
    resumed.fit(DATA);
    resumed.resume(trainer[0].checkpoint());
    assertThat(trainer[0].fit(DATA).last().training()).isEqualTo(whole.last().training());
    History rest = resumed.fit(DATA);
    assertThat(accuracy(rest.epochs().get(0).training()) * 22)
        .as("in another process: of the 22 samples that were left")
        .isEqualTo(Math.rint(accuracy(rest.epochs().get(0).training()) * 22));
    assertThat(rest.last().training()).isEqualTo(whole.last().training());
  }

  @Test
  void itStandsInLinesAndTables() {
    StringBuilder out = new StringBuilder();
    History history = measured(network()).listener(ProgressBar.lines(out)).build().fit(DATA);
    assertThat(out.toString().lines())
        .hasSize(3)
        .allMatch(
            line ->
                line.matches("epoch ./3  loss \\d\\.\\d{4}  accuracy \\d\\.\\d{4}  .* samples/s"));
    assertThat(history.toString()).contains("training accuracy");
  }

  @Test
  void contradictionsAreRefused() {
    Metric accuracy = Metrics.accuracy();
    String twice =
        "Trainer: expected one metric for training data and another for validation data, found the"
            + " same 'accuracy' for both; create two objects";
    assertThatThrownBy(() -> trainer(network()).metric(accuracy).trainingMetric(accuracy).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(twice);
    assertThatThrownBy(() -> trainer(network()).trainingMetric(accuracy).metric(accuracy).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(twice);
    assertThatThrownBy(() -> measured(network()).trainingMetric(Metrics.accuracy()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Trainer: expected training metrics of different names, found 'accuracy' twice; omit one, or return another name from its name()");
    Trainer watches =
        measured(network())
            .listener(EarlyStopping.after(2).watching(new Monitor("training_accuracy", true)))
            .build();
    assertThatThrownBy(() -> watches.fit(DATA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "EarlyStopping: expected the training loss or a figure of the validation data, found"
                + " 'training_accuracy'; watch the same metric on validation data");
  }
}
