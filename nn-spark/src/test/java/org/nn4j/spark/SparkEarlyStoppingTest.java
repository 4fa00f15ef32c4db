package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.spark.TrainingSets.SAMPLES;
import static org.nn4j.spark.TrainingSets.values;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.EarlyStopping;
import org.nn4j.train.EpochResult;
import org.nn4j.train.History;
import org.nn4j.train.Monitor;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;

@ExtendWith(Cluster.class)
class SparkEarlyStoppingTest {
  private static final int PATIENCE = 2;
  private static final int MOST_EPOCHS = 50;

  /** Without a schedule: a shorter run has the same first epochs. */
  private static final TrainingRecipe OVERFITTING =
      () ->
          Trainer.builder(Network.builder(3).dense(5, tanh()).dense(2, softmax()).seed(3).build())
              .loss(crossEntropy())
              .optimizer(adam(0.03))
              .batchSize(16)
              .seed(5);

  /** Every fourth label is wrong, so the loss falls at first, then rises with the confidence. */
  private static Dataset validation() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double[] target = SAMPLES.get(i).target();
      samples.add(
          i % 4 == 0 ? Sample.of(SAMPLES.get(i).input(), target[1], target[0]) : SAMPLES.get(i));
    }
    return Dataset.ofSamples(samples.iterator());
  }

  @Test
  void averagingStopsAndRestoresTheBestParameters() {
    try (SparkTraining data =
        SparkTraining.averageEvery(1, TrainingSets.partitions(30, 9, 25), OVERFITTING)) {
      assertStopsEarly(data);
    }
  }

  @Test
  void summingStopsAndRestoresTheBestParameters() {
    try (SparkTraining data =
        SparkTraining.sumGradients(TrainingSets.partitions(32, 32), OVERFITTING)) {
      assertStopsEarly(data);
    }
  }

  private static void assertStopsEarly(SparkTraining data) {
    Dataset validation = validation();
    Trainer trainer =
        OVERFITTING
            .builder()
            .epochs(MOST_EPOCHS)
            .validation(validation)
            .metric(accuracy())
            .listener(EarlyStopping.after(PATIENCE))
            .build();

    History history = trainer.fit(data);

    EpochResult best = history.best(Monitor.validationLoss());
    int last = best.epoch() + PATIENCE;
    assertThat(best.epoch()).isBetween(2, MOST_EPOCHS - PATIENCE - 1);
    assertThat(history.stopReason().kind()).isEqualTo(StopReason.Kind.STOPPED);
    assertThat(history.stopReason().text())
        .contains("EarlyStopping")
        .contains("best in epoch " + best.epoch());
    assertThat(history.epochs()).extracting(EpochResult::epoch).endsWith(last).hasSize(last);
    assertThat(history.epochs())
        .allSatisfy(epoch -> assertThat(epoch.validation().figures()).containsKey("accuracy"));
    assertThat(history.last().steps()).isEqualTo(data.stepsPerEpoch());
    assertThat(Evaluator.of(trainer.network()).loss(crossEntropy()).evaluate(validation).loss())
        .isEqualTo(best.validation().loss());
    Trainer shorter = OVERFITTING.builder().epochs(best.epoch()).build();
    shorter.fit(data);
    assertThat(values(trainer)).isEqualTo(values(shorter));
  }
}
