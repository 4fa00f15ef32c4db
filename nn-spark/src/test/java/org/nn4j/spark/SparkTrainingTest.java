package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.spark.TrainingSets.RECIPE;
import static org.nn4j.spark.TrainingSets.SAMPLES;
import static org.nn4j.spark.TrainingSets.WITHOUT_DROPOUT;
import static org.nn4j.spark.TrainingSets.values;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.DivergedException;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.CheckpointListener;
import org.nn4j.train.History;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

@ExtendWith(Cluster.class)
class SparkTrainingTest {
  private static final int[] UNEQUAL = {30, 0, 9, 25};

  @Test
  void oneWorkerHasTheBitsOfATrainer() {
    Trainer alone = WITHOUT_DROPOUT.builder().epochs(3).build();
    History expected = alone.fit(TrainingSets.dataset());
    Trainer trainer = WITHOUT_DROPOUT.builder().epochs(3).build();

    try (SparkTraining data =
        SparkTraining.averageEachEpoch(TrainingSets.partitions(64), WITHOUT_DROPOUT)) {
      History history = trainer.fit(data);

      assertThat(values(trainer)).isEqualTo(values(alone));
      assertThat(history.last().steps()).isEqualTo(expected.last().steps());
    }
  }

  @Test
  void tasksHaveTheBitsOfALoopInOneProcess() {
    Trainer loop = RECIPE.builder().epochs(2).build();
    loop.fit(new LocalWorkers(LocalWorkers.parts(SAMPLES, UNEQUAL), RECIPE, 3));
    Trainer trainer =
        RECIPE.builder().epochs(2).validation(TrainingSets.dataset()).metric(accuracy()).build();

    try (SparkTraining data =
        SparkTraining.averageEvery(3, TrainingSets.partitions(UNEQUAL), RECIPE)) {
      History history = trainer.fit(data);

      assertThat(values(trainer)).isEqualTo(values(loop));
      assertThat(history.last().steps()).isEqualTo(8);
      assertThat(history.last().validation().figures()).containsKey("accuracy");
      assertThat(data.size()).isEqualTo("64 samples in 4 partitions, averages every 3 steps");
      assertThat(data.times().rounds()).isEqualTo(6);
    }
  }

  @Test
  void summedGradientsGiveTheStepsOfOneProcess() {
    // Each global batch of 4 has two samples of each partition: this is their order.
    List<Sample> order = new ArrayList<>();
    for (int i = 0; i < 32; i += 2) {
      order.addAll(SAMPLES.subList(i, i + 2));
      order.addAll(SAMPLES.subList(32 + i, 34 + i));
    }
    TrainingRecipe inOrder = () -> WITHOUT_DROPOUT.builder().shuffle(false).steps(200);
    Trainer alone = inOrder.builder().build();
    alone.fit(Dataset.ofSamples(order.iterator()));
    Trainer trainer = inOrder.builder().build();

    try (SparkTraining data =
        SparkTraining.sumGradients(TrainingSets.partitions(32, 32), inOrder)) {
      History history = trainer.fit(data);

      assertThat(history.epochs()).hasSize(13);
      assertThat(values(trainer))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(values(alone));
    }
  }

  @Test
  void aLostExecutorDoesNotChangeTheBits(@TempDir Path folder) {
    Trainer loop = RECIPE.builder().epochs(2).build();
    loop.fit(new LocalWorkers(LocalWorkers.parts(SAMPLES, UNEQUAL), RECIPE, 5));
    Path marker = folder.resolve("killed");
    String name = marker.toString();
    TrainingRecipe killing = () -> RECIPE.builder().penalty(new KillOnce(name));
    Trainer trainer = killing.builder().epochs(2).build();

    try (SparkTraining data =
        SparkTraining.averageEvery(5, TrainingSets.partitions(UNEQUAL), killing)) {
      trainer.fit(data);
    }

    assertThat(marker).exists();
    assertThat(values(trainer)).isEqualTo(values(loop));
  }

  @Test
  void aRunResumesFromItsCheckpoint(@TempDir Path folder) throws IOException {
    JavaRDD<Sample> samples = TrainingSets.partitions(UNEQUAL);
    Trainer unbroken = RECIPE.builder().epochs(3).build();
    unbroken.fit(new LocalWorkers(LocalWorkers.parts(SAMPLES, UNEQUAL), RECIPE, 3));
    try (SparkTraining data = SparkTraining.averageEvery(3, samples, RECIPE)) {
      Trainer stopped =
          RECIPE
              .builder()
              .epochs(3)
              .listener(CheckpointListener.into(folder).everySteps(3))
              .listener(new StopAfter(11))
              .build();
      History history = stopped.fit(data);
      assertThat(history.stopReason().kind()).isEqualTo(StopReason.Kind.STOPPED);
    }
    Trainer resumed = RECIPE.builder().epochs(3).build().resume(folder);

    try (SparkTraining data = SparkTraining.averageEvery(3, samples, RECIPE)) {
      resumed.fit(data);
      assertThat(values(resumed)).isEqualTo(values(unbroken));
    }
    try (SparkTraining other = SparkTraining.averageEvery(4, samples, RECIPE)) {
      Trainer again = RECIPE.builder().epochs(4).build().resume(folder);
      assertThatThrownBy(() -> again.fit(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("averages every 3 steps")
          .hasMessageContaining("averages every 4 steps");
    }
  }

  /** Stops a run after the round that reaches a step. */
  private record StopAfter(long step) implements TrainingListener {
    @Override
    public void onBatchEnd(BatchEnd event, Training training) {
      if (event.step() >= step) {
        training.stop("as the test wants");
      }
    }
  }

  @Test
  void anInterruptEndsTheRunAfterARound() {
    Trainer trainer = RECIPE.builder().epochs(3).build();
    try (SparkTraining data =
        SparkTraining.averageEvery(4, TrainingSets.partitions(32, 32), RECIPE)) {
      assertThat(data.stepsPerEpoch()).isEqualTo(8); // the samples are checked
      Trainer interrupted = RECIPE.builder().epochs(3).listener(new InterruptBefore(1)).build();

      History history = interrupted.fit(data);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(history.last().steps()).isEqualTo(4);
      assertThat(history.stopReason().kind()).isEqualTo(StopReason.Kind.INTERRUPTED);
    }
    trainer.close();
  }

  /** Interrupts the thread before a step. */
  private record InterruptBefore(long step) implements TrainingListener {
    @Override
    public void onBatchBegin(BatchBegin event, Training training) {
      if (event.step() == step) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aRowThatTrainingCannotUseIsNamed() {
    List<Sample> wrong = new ArrayList<>(SAMPLES);
    wrong.set(40, Sample.of(new double[] {0, Double.NaN, 0}, 1, 0));
    JavaRDD<Sample> samples = Cluster.context().parallelize(wrong, 2);

    try (SparkTraining data = SparkTraining.averageEachEpoch(samples, RECIPE)) {
      Trainer trainer = RECIPE.builder().build();
      assertThatThrownBy(() -> trainer.fit(data))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "SparkTraining: expected samples that training accepts, found partition 1,"
                  + " TrainingWorker, row 8: expected finite inputs, found NaN or infinite;"
                  + " correct or remove the row; correct the data");
    }
  }

  @Test
  void dataWithoutSamplesIsRefused() {
    try (SparkTraining data =
        SparkTraining.averageEachEpoch(TrainingSets.partitions(0, 0), RECIPE)) {
      assertThatThrownBy(data::stepsPerEpoch)
          .hasMessage(
              "SparkTraining: expected samples that training accepts, found no sample;"
                  + " correct the data");
    }
  }

  @Test
  void aTrainerOfOtherSettingsOrAnotherNetworkIsRefused() {
    try (SparkTraining data =
        SparkTraining.averageEachEpoch(TrainingSets.partitions(32, 32), RECIPE)) {
      Trainer other = RECIPE.builder().batchSize(9).build();
      assertThatThrownBy(() -> other.fit(data)).hasMessageContaining("batch_size 9");

      Trainer wide =
          Trainer.builder(Network.builder(3).dense(2, Activations.softmax()).build())
              .loss(Losses.crossEntropy())
              .optimizer(Optimizers.sgd(0.1))
              .build();
      assertThatThrownBy(() -> wide.fit(data)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void divergenceInATaskIsThatOfATrainer() {
    TrainingRecipe wild =
        () ->
            Trainer.builder(Network.builder(3).dense(2).build())
                .loss(Losses.squaredError())
                .optimizer(Optimizers.sgd(1e30))
                .batchSize(4);
    try (SparkTraining data = SparkTraining.averageEachEpoch(TrainingSets.partitions(64), wild)) {
      Trainer trainer = wild.builder().build();
      assertThatThrownBy(() -> trainer.fit(data)).isInstanceOf(DivergedException.class);
    }
  }

  @Test
  void aRowWhoseSourceFailsIsNamed() {
    double[] poisoned = SAMPLES.get(40).input();
    JavaRDD<Sample> failing =
        TrainingSets.partitions(32, 32)
            .map(
                sample -> {
                  if (Arrays.equals(sample.input(), poisoned)) {
                    throw new IllegalStateException("no such file");
                  }
                  return sample;
                });
    try (SparkTraining data = SparkTraining.averageEachEpoch(failing, RECIPE)) {
      assertThatThrownBy(data::stepsPerEpoch)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("SparkTraining: expected a pass over the samples without failure")
          .hasMessageContaining(
              "SparkTraining, partition 1, row 8: expected a sample, found"
                  + " java.lang.IllegalStateException: no such file; correct or remove the row");
    }
  }
}
