package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.train.Callbacks.onBatchEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Network;

class ListenersTest {
  /** Records all events. */
  private static final class Recorder implements TrainingListener {
    final List<String> heard = new ArrayList<>();

    @Override
    public void onTrainBegin(TrainBegin event, Training training) {
      heard.add(
          "train begin, to epoch %s of %s steps, %s"
              .formatted(
                  event.epochs().orElse(-1),
                  event.stepsPerEpoch().orElse(-1),
                  event.validationFigures()));
    }

    @Override
    public void onEpochBegin(EpochBegin event, Training training) {
      heard.add(
          "epoch begin %s/%s of %s"
              .formatted(event.epoch(), event.epochs().orElse(-1), event.steps().orElse(-1)));
    }

    @Override
    public void onBatchBegin(BatchBegin event, Training training) {
      heard.add(
          "batch begin %s: %s, %s".formatted(event.epoch(), event.step(), event.stepInEpoch()));
      assertThat(training.progress().steps()).isEqualTo(event.step() - 1);
    }

    @Override
    public void onBatchEnd(BatchEnd event, Training training) {
      heard.add(
          "batch end %s: %s, %s, %s samples"
              .formatted(event.epoch(), event.step(), event.stepInEpoch(), event.samples()));
      assertThat(event.loss()).isPositive();
      assertThat(training.progress().steps()).isEqualTo(event.step());
      assertThat(training.optimizer().learningRate()).isEqualTo(0.5);
      assertThat(training.network().trainingPass().isTraining()).isTrue();
    }

    @Override
    public void onValidationBegin(ValidationBegin event, Training training) {
      heard.add("validation begin " + event.epoch());
    }

    @Override
    public void onValidationEnd(ValidationEnd event, Training training) {
      heard.add("validation end " + event.epoch() + " " + event.evaluation().figures().keySet());
    }

    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      heard.add("epoch end " + event.epoch() + " " + event.validation().figures().keySet());
    }

    @Override
    public void onTrainEnd(TrainEnd event, Training training) {
      heard.add("train end, " + event.history().stopReason());
    }
  }

  @Test
  void listenersHearOfAllThatHappensInOrder() {
    Recorder recorder = new Recorder();
    trainer(network())
        .epochs(2)
        .validation(quadrants(2, 10))
        .metric(Metrics.accuracy())
        .listener(recorder)
        .listener(new TrainingListener() {})
        .build()
        .fit(quadrants(1, 20));
    assertThat(recorder.heard)
        .containsExactly(
            "train begin, to epoch 2 of 2 steps, [loss, accuracy]",
            "epoch begin 1/2 of 2",
            "batch begin 1: 1, 1",
            "batch end 1: 1, 1, 16 samples",
            "batch begin 1: 2, 2",
            "batch end 1: 2, 2, 4 samples",
            "validation begin 1",
            "validation end 1 [loss, accuracy]",
            "epoch end 1 [loss, accuracy]",
            "epoch begin 2/2 of 2",
            "batch begin 2: 3, 1",
            "batch end 2: 3, 1, 16 samples",
            "batch begin 2: 4, 2",
            "batch end 2: 4, 2, 4 samples",
            "validation begin 2",
            "validation end 2 [loss, accuracy]",
            "epoch end 2 [loss, accuracy]",
            "train end, completed: 2 epochs");
  }

  @Test
  void aListenerThatThrowsEndsTrainingAndAllHearOfTheEnd() {
    Recorder recorder = new Recorder();
    TrainingListener broken =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event, Training training) {
            throw new IllegalArgumentException("disk full");
          }

          @Override
          public void onTrainEnd(TrainEnd event, Training training) {
            throw new IllegalStateException("still broken");
          }
        };
    Network network = network();
    Trainer trainer = trainer(network).listener(broken).listener(recorder).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("disk full")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .extracting("message")
                    .containsExactly("still broken"));
    assertThat(recorder.heard)
        .endsWith("train end, failed: java.lang.IllegalArgumentException: disk full");
    assertThat(trainer.progress().steps()).isEqualTo(1);
    NetworkAccess.get().claimForTraining(network).end();
  }

  @Test
  void aStepsGoalEndsInsideAnEpochAndIsValidatedThere() {
    Recorder recorder = new Recorder();
    Trainer trainer =
        trainer(network()).steps(3).validation(quadrants(2, 10)).listener(recorder).build();
    History history = trainer.fit(quadrants(1, 32));
    assertThat(history.stopReason()).hasToString("completed: 3 steps");
    assertThat(history.epochs()).extracting(EpochResult::steps).containsExactly(2, 1);
    assertThat(history.last().validation().figures()).containsOnlyKeys("loss");
    assertThat(recorder.heard)
        .startsWith("train begin, to epoch 2 of 2 steps, [loss]", "epoch begin 1/2 of 2")
        .contains("epoch end 2 [loss]");
    History next = trainer.fit(quadrants(1, 32));
    assertThat(next.epochs()).extracting(EpochResult::epoch).containsExactly(2, 3);
    assertThat(trainer.progress().steps()).isEqualTo(6);
  }

  @Test
  void aListenerSeesWholeStepsOnly() {
    Network network = network();
    List<double[]> seen = new ArrayList<>();
    trainer(network)
        .steps(2)
        .listener(
            onBatchEnd(
                (event, training) -> {
                  seen.add(doubles(training.network().parameters().values()));
                  training.network().predict(Nd4j.create(1, 2));
                }))
        .build()
        .fit(quadrants(1, 64));
    Network other = network();
    trainer(other).steps(1).build().fit(quadrants(1, 64));
    assertThat(seen.get(0)).containsExactly(doubles(other.parameters().values()));
    assertThat(seen.get(1)).containsExactly(doubles(network.parameters().values()));
  }

  @Test
  void earlyStoppingRestoresTheWeightsBeforeOthersReceiveTheEnd() {
    INDArray[] best = new INDArray[1];
    INDArray[] atEnd = new INDArray[1];
    TrainingListener before =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochResult event, Training training) {
            INDArray values = training.network().parameters().values();
            if (event.epoch() == 1) {
              best[0] = values.dup();
            }
          }

          @Override
          public void onTrainEnd(TrainEnd event, Training training) {
            atEnd[0] = training.network().parameters().values().dup();
          }
        };
    // No figure after the first is better by a hundred.
    trainer(network())
        .epochs(5)
        .validation(quadrants(2, 10))
        .listener(before)
        .listener(EarlyStopping.after(2).minDelta(100))
        .build()
        .fit(quadrants(1, 20));
    assertThat(atEnd[0]).isEqualTo(best[0]);
  }
}
