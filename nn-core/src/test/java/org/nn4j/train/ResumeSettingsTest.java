package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.momentum;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.ParameterVector;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.io.ModelFormatException;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Optimizers;
import org.nn4j.optim.Penalties;
import org.nn4j.optim.Penalty;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.persistence.Checkpoint;

/** What must be as it was when a run is resumed, and what need not be. */
class ResumeSettingsTest {
  /** Names in checkpoints of versions without meanSquaredError(). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mean squared error (sum over outputs) | squaredError",
        "mean squared error (mean over outputs) | meanSquaredError",
        "mean absolute error (sum over outputs) | absoluteError",
        "mean absolute error (mean over outputs) | meanAbsoluteError"
      })
  void earlyNamesOfLossesMeanWhatTheyMeant(String name, String today) throws Exception {
    for (String factory :
        List.of("squaredError", "meanSquaredError", "absoluteError", "meanAbsoluteError")) {
      Loss loss = (Loss) Losses.class.getMethod(factory).invoke(null);
      Trainer trainer = trainer(network()).loss(loss).build();
      Checkpoint early = trainer.checkpoint().withNote("trainer.loss", name);
      if (factory.equals(today)) {
        trainer.resume(early);
      } else {
        assertThatThrownBy(() -> trainer.resume(early))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("found loss " + loss);
      }
    }
  }

  @Test
  void earlyTextsOfValidationSplitsMeanWhatTheyMeant() throws ModelFormatException {
    String early = "ValidationSplit[fraction=0.25, stratified=%s]";
    Trainer random = trainer(network()).validationSplit(0.25).build();
    Trainer stratified = trainer(network()).stratifiedValidationSplit(0.25).build();
    random.resume(
        random.checkpoint().withNote("trainer.validation_split", early.formatted("false")));
    Checkpoint ofEachClass =
        stratified.checkpoint().withNote("trainer.validation_split", early.formatted("true"));
    stratified.resume(ofEachClass);
    assertThatThrownBy(() -> random.resume(ofEachClass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "expected validation_split 0.25 of each class, found validation_split 0.25 of the"
                + " training data;");
  }

  @Test
  void otherSettingsAreRefusedAllAtOnceAndNothingChanges() {
    Trainer trainer = trainer(network()).epochs(1).build();
    trainer.fit(quadrants(1, 70));
    Checkpoint checkpoint = trainer.checkpoint();
    Network other = network();
    double[] before = doubles(other.parameters().values());
    Trainer differs =
        trainer(other)
            .loss(squaredError())
            .penalty(Penalties.l2(0.5))
            .batchSize(32)
            .accumulate(2)
            .dropLast(true)
            .shuffle(false)
            .seed(3)
            .validationSplit(0.25)
            .classWeights(1, 2, 1, 1)
            .epochs(7)
            .build();
    assertThatThrownBy(() -> differs.resume(checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Trainer, resuming from a checkpoint: expected loss cross-entropy, penalties [],"
                + " batch_size 16, accumulated_batches 1, drop_last false, shuffle true, seed 2,"
                + " validation_split none, class_weights none, found loss squared error (sum over"
                + " outputs), penalties [L2(0.5)], batch_size 32, accumulated_batches 2,"
                + " drop_last true, shuffle false, seed 3, validation_split"
                + " 0.25 of the training data, class_weights [1.0, 2.0, 1.0,"
                + " 1.0]; use the settings of the run, or start a new run with its network,"
                + " ModelFiles.load(file)");
    assertThat(differs.progress().steps()).isZero();
    assertThat(doubles(other.parameters().values())).containsExactly(before);
    assertThatThrownBy(() -> trainer(other).optimizer(adam()).build().resume(checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "expected optimizer SGD(no momentum), found optimizer Adam(betas 0.9 0.999, epsilon"
                + " 1.0E-8);");
    assertThat(doubles(other.parameters().values())).containsExactly(before);
  }

  /** All that decides the bits but the learning rate, which may be lowered. */
  @Test
  void otherNumbersOfTheLossOrTheOptimizerAreRefused() throws IOException {
    assertRefused(
        builder -> builder.loss(crossEntropy().withLabelSmoothing(0.1)),
        builder -> builder.loss(crossEntropy().withLabelSmoothing(0.2)),
        "expected loss cross-entropy (label smoothing 0.1), found loss cross-entropy (label"
            + " smoothing 0.2);");
    assertRefused(
        builder -> builder.loss(crossEntropy().withClassWeights(1, 1, 1, 2)),
        builder -> builder.loss(crossEntropy()),
        "expected loss cross-entropy (class weights [1.0, 1.0, 1.0, 2.0]), found loss"
            + " cross-entropy;");
    Schedule rate = Schedules.constant(0.1);
    List<Optimizer> first =
        List.of(
            Optimizers.momentum(rate, 0.9),
            Optimizers.adagrad(rate, 1e-8),
            Optimizers.rmsProp(rate, 0.9, 1e-8),
            Optimizers.adadelta(rate, 0.9, 1e-6),
            Optimizers.adam(rate, 0.9, 0.999, 1e-8),
            Optimizers.adamW(rate, 0.9, 0.999, 1e-8, 0.01),
            Optimizers.nadam(rate, 0.9, 0.999, 1e-8, 0.004));
    List<Optimizer> others =
        List.of(
            Optimizers.nesterov(rate, 0.9),
            Optimizers.adagrad(rate, 1e-7),
            Optimizers.rmsProp(rate, 0.8, 1e-8),
            Optimizers.adadelta(rate, 0.9, 1e-7),
            Optimizers.adam(rate, 0.9, 0.99, 1e-8),
            Optimizers.adamW(rate, 0.9, 0.999, 1e-8, 0.02),
            Optimizers.nadam(rate, 0.9, 0.999, 1e-8, 0.005));
    for (int i = 0; i < first.size(); i++) {
      Optimizer one = first.get(i);
      Optimizer other = others.get(i);
      assertRefused(
          builder -> builder.optimizer(one),
          builder -> builder.optimizer(other),
          "expected optimizer " + one.settings() + ", found optimizer " + other.settings() + ";");
    }
    Trainer quick = trainer(network()).optimizer(momentum(0.5, 0.9)).epochs(1).build();
    quick.fit(quadrants(1, 70));
    Trainer slow = trainer(network()).optimizer(momentum(0.1, 0.9)).build();
    assertThat(slow.resume(quick.checkpoint()).progress().steps()).isEqualTo(5);
  }

  private static void assertRefused(
      UnaryOperator<TrainerBuilder> first, UnaryOperator<TrainerBuilder> other, String message)
      throws IOException {
    Trainer saved = first.apply(trainer(network()).epochs(1)).build();
    saved.fit(quadrants(1, 70));
    Trainer resumed = other.apply(trainer(network())).build();
    assertThatThrownBy(() -> resumed.resume(saved.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void otherDataIsRefusedByTheFit() throws IOException {
    Trainer trainer = trainer(network()).epochs(1).build();
    trainer.fit(quadrants(1, 70));
    Trainer resumed = trainer(network()).epochs(2).build().resume(trainer.checkpoint());
    assertThat(resumed.checkpoint().notes()).isEqualTo(trainer.checkpoint().notes());
    assertThatThrownBy(() -> resumed.fit(quadrants(1, 71)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Trainer, resuming from a checkpoint: expected training data of 70 samples, found 71"
                + " samples; ");
    assertThat(resumed.fit(quadrants(1, 70)).epochs()).hasSize(1);
  }

  /** Texts with the address of an object would differ in each process. */
  @Test
  void aUsersOwnPiecesAreComparedByTheirClass() throws IOException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Network network = network();
      Trainer trainer =
          Trainer.builder(network)
              .loss((p, y, each, dP) -> squaredError().compute(p, y, each, dP))
              .optimizer(sgd(step -> 0.1))
              .clipping(GradientClipping.byNorm(1))
              .build();
      if (i == 1) {
        trainer.resume(checkpoints.get(0));
      }
      BatchSource source = Batches.inOrder(quadrants(1, 20), 10, network.dataType());
      trainer.fit(source);
      checkpoints.add(trainer.checkpoint());
    }
    assertThat(checkpoints.get(1).notes()).isEqualTo(checkpoints.get(0).notes());
    assertThat(checkpoints.get(0).notes())
        .containsEntry("trainer.loss", ResumeSettingsTest.class.getName() + "$$Lambda")
        .containsEntry("trainer.clipping", "ByNorm[maxNorm=1.0]")
        .containsEntry("trainer.data", "a source of 2 batches");
  }

  private record OwnLoss(DoubleUnaryOperator function, Object identity, double rate)
      implements Loss {
    @Override
    public void compute(
        INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
      squaredError().compute(predictions, targets, perSample, gradient);
    }
  }

  private record OwnPenalty(DoubleUnaryOperator function) implements Penalty {
    @Override
    public double value(ParameterVector parameters) {
      return 0;
    }

    @Override
    public void addGradient(ParameterVector parameters) {}
  }

  @Test
  void addressesInsideATextAreNotCompared() throws IOException {
    Checkpoint saved = withOwnRecords(0.5).checkpoint();
    assertThat(saved.notes())
        .containsEntry(
            "trainer.loss",
            "OwnLoss[function=%s$$Lambda, identity=java.lang.Object, rate=0.5]"
                .formatted(ResumeSettingsTest.class.getName()))
        .containsEntry(
            "trainer.penalties",
            "[OwnPenalty[function=%s$$Lambda]]".formatted(ResumeSettingsTest.class.getName()));
    withOwnRecords(0.5).resume(saved);
    for (String lambda : List.of("$$Lambda$14/0x0000000800c03000@1b2c3d4e", "$$Lambda/0x00f@7")) {
      withOwnRecords(0.5)
          .resume(
              saved.withNote(
                  "trainer.loss",
                  "OwnLoss[function=%s%s, identity=java.lang.Object@12ab, rate=0.5]"
                      .formatted(ResumeSettingsTest.class.getName(), lambda)));
    }
    assertThatThrownBy(() -> withOwnRecords(0.25).resume(saved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate=0.25");
  }

  /** Returns a trainer with a loss and a penalty that contain new objects. */
  private static Trainer withOwnRecords(double rate) {
    return trainer(network())
        .loss(new OwnLoss(x -> x + rate, new Object(), rate))
        .penalty(new OwnPenalty(x -> x + rate))
        .build();
  }
}
