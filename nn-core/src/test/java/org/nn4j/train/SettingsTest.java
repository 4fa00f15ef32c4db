package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.model.Network;
import org.nn4j.train.listener.LossLimit;

class SettingsTest {
  private static void assertContradiction(TrainerBuilder settings, String message) {
    assertThatThrownBy(settings::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  @Test
  void contradictionsAreRefused() {
    Dataset data = quadrants(1, 20);
    assertContradiction(
        trainer(network()).epochs(2).steps(5),
        "Trainer: expected either epochs(...) or steps(...), found epochs and steps; omit one of"
            + " them");
    assertContradiction(
        trainer(network()).steps(5).epochs(2),
        "Trainer: expected either epochs(...) or steps(...), found steps and epochs; omit one of"
            + " them");
    String one = "Trainer: expected validation data, or a split, or a stratified split, found ";
    assertContradiction(
        trainer(network()).validation(data).validationSplit(0.1),
        one + "validation and validationSplit; omit one of them");
    assertContradiction(
        trainer(network()).validationSplit(0.1).validation(data),
        one + "validationSplit and validation; omit one of them");
    assertContradiction(
        trainer(network()).validationSplit(0.1).stratifiedValidationSplit(0.1),
        one + "validationSplit and stratifiedValidationSplit; omit one of them");
    String weights =
        "Trainer: expected class weights either of the loss or of the trainer, found"
            + " classWeights and loss "
            + crossEntropy().withClassWeights(1, 2, 3, 4)
            + "; omit one of them";
    assertContradiction(
        trainer(network())
            .loss(crossEntropy().withClassWeights(1, 2, 3, 4))
            .classWeights(1, 2, 3, 4),
        weights);
    assertContradiction(
        trainer(network())
            .classWeights(1, 2, 3, 4)
            .loss(crossEntropy().withClassWeights(1, 2, 3, 4)),
        weights);
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> trainer(network()).steps(0))
        .hasMessage("Trainer: expected a positive number of steps, found 0; pass 1 or more");
    assertThatThrownBy(() -> trainer(network()).accumulate(0))
        .hasMessageContaining("a positive number of accumulated batches, found 0; pass 1 or more");
    assertThatThrownBy(() -> trainer(network()).validationSplit(1))
        .hasMessageContaining("validation fraction in (0, 1), found 1.0");
    assertThatThrownBy(() -> trainer(network()).classWeights())
        .hasMessageContaining("a class weight of 0 or more for each class, not all 0, found []");
    assertThatThrownBy(() -> trainer(network()).classWeights(0, 0, 0, 0))
        .hasMessage(
            "Trainer: expected a class weight of 0 or more for each class, not all 0, found"
                + " [0.0, 0.0, 0.0, 0.0]; correct the argument");
    assertThatThrownBy(() -> trainer(network()).classWeights(1, Double.NaN))
        .hasMessageContaining("found [1.0, NaN]");
  }

  @Test
  void aValidationSplitIsThatOfTheDataSet() {
    Dataset data = quadrants(1, 103);
    for (boolean stratified : new boolean[] {false, true}) {
      Network first = network();
      TrainerBuilder settings = trainer(first).epochs(2).seed(9);
      Trainer trainer =
          (stratified ? settings.stratifiedValidationSplit(0.2) : settings.validationSplit(0.2))
              .build();
      History history = trainer.fit(data);
      Split split = stratified ? data.splitStratified(0.2, 9) : data.split(0.2, 9);
      assertThat(split.validation().size()).isEqualTo(21);
      Network second = network();
      Trainer byHand = trainer(second).epochs(2).seed(9).validation(split.validation()).build();
      assertThat(byHand.fit(split.training()).last().validation())
          .isEqualTo(history.last().validation());
      assertThat(doubles(second.parameters().values()))
          .containsExactly(doubles(first.parameters().values()));
    }
  }

  @Test
  void classWeightsOfTheTrainerAreThoseOfTheLoss() {
    Dataset data = quadrants(1, 64);
    Network first = network();
    History a =
        trainer(first)
            .loss(crossEntropy().withClassWeights(1, 0.5, 3, 0))
            .epochs(2)
            .build()
            .fit(data);
    Network second = network();
    History b = trainer(second).classWeights(1, 0.5, 3, 0).epochs(2).build().fit(data);
    assertNear(second.parameters().values(), first.parameters().values(), 1e-5);
    assertThat(b.last().loss()).isEqualTo(a.last().loss(), Offset.offset(1e-5));
  }

  @Test
  void aSourceCutsItsOwnBatchesAndRefusesSettingsForDataSets() {
    BatchSource source = Batches.inOrder(quadrants(1, 20), 4, FLOAT);
    Trainer trainer = trainer(network()).dropLast(false).build();
    assertThatThrownBy(() -> trainer.fit(source))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Trainer: expected no setting for data sets alone, because a source cuts its own"
                + " batches, found batchSize, dropLast, seed; omit it, and set sizes, orders and"
                + " weights in the source");
    BatchSource wrong =
        BatchSource.of(Shape.of(3), Shape.of(4), epoch -> () -> List.<Batch>of().iterator());
    Trainer plain = Trainer.builder(network()).loss(crossEntropy()).optimizer(sgd(0.1)).build();
    assertThatThrownBy(() -> plain.fit(wrong))
        .hasMessageStartingWith(
            "Trainer, training data, inputs: expected samples of the network's shape [2], found"
                + " [3]");
  }

  @Test
  void aTrainerDoesNotChangeWithItsBuilder() {
    TrainerBuilder builder = trainer(network()).epochs(1);
    Trainer trainer = builder.build();
    builder.epochs(7).batchSize(1).listener(LossLimit.of(100));
    assertThat(trainer.fit(quadrants(1, 64)).epochs()).hasSize(1);
    assertThat(trainer.progress().steps()).isEqualTo(4);
  }
}
