package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.schedule.Schedules.cosine;
import static org.nn4j.train.Callbacks.atStep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nn4j.DivergedException;
import org.nn4j.RunLength;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalties;
import org.nn4j.persistence.Progress;

class DataParallelTest {
  private static final Dataset DATA = ToySets.spiral(3, 20, 0.1, 1);

  private static TrainerBuilder builder() {
    return settings().epochs(3);
  }

  private static TrainerBuilder settings() {
    Network network = Network.builder(2).dense(6, tanh()).dense(3, softmax()).seed(3).build();
    return Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(cosine(0.02)))
        .penalty(Penalties.l2(0.001))
        .classWeights(1, 2, 0.5)
        .batchSize(8)
        .seed(5);
  }

  /** One worker that has all the data. */
  private record OneWorker(
      Supplier<TrainerBuilder> recipe, Dataset data, Exchange exchange, int stepsOfRound)
      implements DataParallel {
    @Override
    public Shape inputShape() {
      return data.inputShape();
    }

    @Override
    public Shape targetShape() {
      return data.targetShape();
    }

    @Override
    public String size() {
      return data.size() + " samples in one part";
    }

    @Override
    public int stepsPerEpoch() {
      return (data.size() + 7) / 8;
    }

    @Override
    public Round next(Training training, RunLength length) {
      try (TrainingWorker worker = recipe.get().buildWorker()) {
        int first = training.progress().stepsInEpoch();
        int steps = Math.min(stepsOfRound, stepsPerEpoch() - first);
        int[] order = worker.order(data.size(), 0, training.progress().epoch());
        Dataset rows =
            data.subset(
                Arrays.copyOfRange(order, 8 * first, Math.min(8 * (first + steps), data.size())));
        Network network = training.network();
        if (exchange == Exchange.GRADIENTS) {
          worker.network().parameters().setValues(network.parameters().values());
          double loss = worker.gradients(rows, 1) / rows.size();
          network
              .parameters()
              .setGradients(worker.network().parameters().gradients().div(rows.size()));
          return new Round(1, loss, rows.size());
        }
        worker.network().parameters().setValues(network.parameters().values());
        worker.optimizer().restore(training.optimizer().state(), worker.network().parameters());
        Progress after = worker.steps(training.progress(), length, rows, 1);
        network.parameters().setValues(worker.network().parameters().values());
        training.optimizer().restore(worker.optimizer().state(), network.parameters());
        return new Round(steps, after.loss(), rows.size());
      }
    }
  }

  private static OneWorker workers(DataParallel.Exchange exchange) {
    return new OneWorker(
        DataParallelTest::builder,
        DATA,
        exchange,
        exchange == DataParallel.Exchange.GRADIENTS ? 1 : 3);
  }

  private static float[] values(Trainer trainer) {
    return trainer.network().parameters().values().toFloatVector();
  }

  @Test
  void stepsOfOneWorkerAreThoseOfTheTrainer() {
    Trainer alone = builder().build();
    History expected = alone.fit(DATA);
    Trainer trainer = builder().build();

    History history = trainer.fit(workers(DataParallel.Exchange.PARAMETERS));

    assertThat(values(trainer)).isEqualTo(values(alone));
    assertThat(history.last().loss()).isCloseTo(expected.last().loss(), within());
    assertThat(history.epochs()).extracting(EpochResult::steps).containsExactly(8, 8, 8);
    assertThat(history.last().learningRate()).isEqualTo(expected.last().learningRate());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }

  @Test
  void gradientsOfOneWorkerGiveTheStepsOfTheTrainer() {
    Trainer alone = builder().clipping(GradientClipping.byNorm(0.5)).build();
    History expected = alone.fit(DATA);
    Trainer trainer = builder().clipping(GradientClipping.byNorm(0.5)).build();

    History history = trainer.fit(workers(DataParallel.Exchange.GRADIENTS));

    assertThat(values(trainer)).usingComparatorWithPrecision(1e-5f).containsExactly(values(alone));
    assertThat(history.last().loss()).isCloseTo(expected.last().loss(), within());
  }

  @Test
  void gradientsCarryTheStatisticsOfNormalization() {
    Supplier<TrainerBuilder> normalized =
        () ->
            Trainer.builder(
                    Network.builder(2)
                        .dense(6)
                        .batchNormalization()
                        .dense(3, softmax())
                        .seed(3)
                        .build())
                .loss(crossEntropy())
                .optimizer(adam(0.01))
                .batchSize(8)
                .epochs(1);
    Trainer alone = normalized.get().build();
    alone.fit(DATA);
    Trainer trainer = normalized.get().build();

    trainer.fit(new OneWorker(normalized, DATA, DataParallel.Exchange.GRADIENTS, 1));

    assertThat(values(trainer)).usingComparatorWithPrecision(1e-5f).containsExactly(values(alone));
  }

  @Test
  void checkpointsAreWrittenWhenARoundPassesTheirStep(@TempDir Path folder) throws IOException {
    Trainer trainer =
        builder().epochs(1).listener(CheckpointListener.into(folder).everySteps(4)).build();

    trainer.fit(workers(DataParallel.Exchange.PARAMETERS));

    assertThat(folder.resolve("checkpoint-000000006.safetensors")).exists();
    assertThat(folder.resolve("checkpoint-000000008.safetensors")).exists();
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".safetensors"))).hasSize(2);
    }
  }

  @Test
  void aGuardChecksTheRoundThatContainsItsStep() {
    TrainingListener damage =
        atStep(6, training -> training.network().parameters().values().putScalar(0, Double.NaN));
    Trainer trainer = builder().listener(damage).listener(NanGuard.everySteps(4)).build();

    assertThatThrownBy(() -> trainer.fit(workers(DataParallel.Exchange.PARAMETERS)))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("step 6");
  }

  @Test
  void aRunEndsAfterTheRoundThatReachesItsSteps() {
    Trainer trainer = settings().steps(4).build();

    History history = trainer.fit(workers(DataParallel.Exchange.PARAMETERS));

    assertThat(history.last().steps()).isEqualTo(6);
    assertThat(history.stopReason().kind()).isEqualTo(StopReason.Kind.COMPLETED);
  }

  @Test
  void aLossThatIsNotFiniteIsReported() {
    Dataset wrong = Dataset.of(new double[][] {{0, Double.NaN}}, new double[][] {{1, 0, 0}});

    assertThatThrownBy(
            () ->
                builder()
                    .build()
                    .fit(
                        new OneWorker(
                            DataParallelTest::builder, wrong, DataParallel.Exchange.GRADIENTS, 1)))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the loss of the workers");
  }

  @Test
  void settingsThatWorkersDoNotSupportAreRefused() {
    TrainerBuilder unfit =
        builder()
            .validationSplit(0.1)
            .dropLast(true)
            .accumulate(2)
            .trainingMetric(Metrics.accuracy());

    assertThatThrownBy(() -> unfit.build().fit(workers(DataParallel.Exchange.GRADIENTS)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Trainer: expected settings that workers support, found validationSplit, dropLast,"
                + " accumulate, trainingMetric; omit it; pass validation data by validation(...)");
    assertThatThrownBy(unfit::buildWorker).hasMessageContaining("that workers support");
  }

  /** Workers whose rounds have more steps than an epoch. */
  private record LongRounds(OneWorker workers) implements DataParallel {
    @Override
    public Shape inputShape() {
      return workers.inputShape();
    }

    @Override
    public Shape targetShape() {
      return workers.targetShape();
    }

    @Override
    public String size() {
      return workers.size();
    }

    @Override
    public int stepsPerEpoch() {
      return workers.stepsPerEpoch();
    }

    @Override
    public Exchange exchange() {
      return workers.exchange();
    }

    @Override
    public Round next(Training training, RunLength length) {
      return new Round(9, 1, 72);
    }
  }

  @ParameterizedTest
  @CsvSource({"GRADIENTS, 1", "PARAMETERS, 8"})
  void aRoundHasTheStepsThatRemain(DataParallel.Exchange exchange, int most) {
    assertThatThrownBy(() -> builder().build().fit(new LongRounds(workers(exchange))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a round of at most " + most + " steps, found 9;");
  }

  @Test
  void figuresOfARoundAreChecked() {
    assertThatThrownBy(() -> new DataParallel.Round(0, 1, 1))
        .hasMessageContaining("DataParallel.Round");
    assertThatThrownBy(() -> new DataParallel.Round(2, 1, 1))
        .hasMessageContaining("a sample or more in each step");
  }
}
