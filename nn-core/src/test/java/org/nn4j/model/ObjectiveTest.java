package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Loss;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.batch.Batch;
import org.nn4j.loss.Losses;
import org.nn4j.loss.SumOrMean;

class ObjectiveTest {
  private final INDArray x = random(1, 5, 4);
  private final INDArray targets = probabilities();

  private static INDArray probabilities() {
    INDArray y = random(2, 5, 3);
    softmax().forward(y, y);
    return y;
  }

  private static double[] gradients(Objective objective, INDArray x, INDArray y) {
    ParameterVector parameters = objective.trained().parameters();
    parameters.zeroGrad();
    objective.forward(new Batch(x, y));
    objective.backward();
    return doubles(parameters.gradients());
  }

  @Test
  void theFusedGradientEqualsTheUnfusedOneHoweverTheNetworkIsWritten() {
    List<Network> softmaxes =
        List.of(
            Network.builder(4).dense(3, softmax()).dataType(DOUBLE).build(),
            Network.builder(4).dense(3).activation(softmax()).dataType(DOUBLE).build(),
            Network.builder(4)
                .dense(5, tanh())
                .layer(Network.builder(5).dense(3, softmax()).spec())
                .dataType(DOUBLE)
                .build());
    for (Network network : softmaxes) {
      Objective fused = Objective.of(network, Losses.crossEntropy().withLabelSmoothing(0.1));
      assertThat(fused.loss()).hasSameClassAs(Losses.softmaxCrossEntropy());
      Objective plain = Objective.unfused(network, Losses.crossEntropy().withLabelSmoothing(0.1));
      assertNear(gradients(fused, x, targets), gradients(plain, x, targets), 1e-12);
    }
    Network sigmoids = Network.builder(4).dense(3, sigmoid()).dataType(DOUBLE).build();
    Objective fused = Objective.of(sigmoids, Losses.binaryCrossEntropy());
    assertThat(fused.loss()).hasSameClassAs(Losses.sigmoidBinaryCrossEntropy(SumOrMean.MEAN));
    Objective plain = Objective.unfused(sigmoids, Losses.binaryCrossEntropy());
    assertNear(gradients(fused, x, targets), gradients(plain, x, targets), 1e-12);
    assertNear(fused.toPredictions(fused.trained().predict(x)), sigmoids.predict(x), 1e-15);
  }

  @Test
  void aBackwardNeedsAForwardOfItsOwn() {
    Network network = Network.builder(4).dense(3, softmax()).dataType(DOUBLE).build();
    Objective objective = Objective.of(network, Losses.crossEntropy());
    String message =
        "Objective.backward: expected a forward since the last backward, found none; call"
            + " forward(batch) first";
    assertThatThrownBy(objective::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(objective::predictions)
        .hasMessage(
            "Objective.predictions: expected a forward before, found none; call forward(batch)"
                + " first");
    objective.forward(new Batch(x, targets));
    objective.backward();
    assertThatThrownBy(objective::backward).hasMessage(message);
    assertNear(objective.predictions(), network.predict(x), 1e-15);
    assertThatThrownBy(() -> objective.forward(new Batch(x, random(1, 4, 3))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(objective::backward).hasMessage(message);
  }

  @Test
  void weightsOfSamplesCountInLossAndGradient() {
    for (Network network :
        List.of(
            Network.builder(4).dense(3, softmax()).dataType(DOUBLE).build(),
            Network.builder(4).dense(3, tanh()).dense(3).dataType(DOUBLE).build())) {
      Loss loss =
          network.activation().equals(softmax()) ? Losses.crossEntropy() : Losses.squaredError();
      Objective objective = Objective.of(network, loss);
      double[] weights = {2, 0, 1, 0.5, 3};
      double expected = 0;
      INDArray gradient = network.parameters().gradients().ulike();
      for (int i = 0; i < weights.length; i++) {
        INDArray one = x.getRow(i, true).dup();
        INDArray its = targets.getRow(i, true).dup();
        gradient.addi(Nd4j.createFromArray(gradients(objective, one, its)).muli(weights[i] / 5));
        expected += weights[i] / 5 * objective.forward(new Batch(one, its));
      }
      network.zeroGrad();
      INDArray column = Nd4j.createFromArray(weights).reshape(5, 1);
      assertThat(objective.forward(new Batch(x, targets, column)))
          .isEqualTo(expected, within(1e-12));
      objective.backward();
      assertNear(network.parameters().gradients(), gradient, 1e-12);
      objective.forward(new Batch(x, targets, column));
      objective.backward(2);
      assertNear(network.parameters().gradients(), gradient.mul(3), 1e-12);
    }
  }

  @Test
  void aSaturatedNetworkStillLearnsBecauseOfTheFusion() {
    Network network = Network.builder(1).dense(2, softmax()).dataType(DOUBLE).build();
    network.parameters().values().assign(Nd4j.createFromArray(1000.0, -1000, 0, 0));
    INDArray one = Nd4j.createFromArray(new double[][] {{1}});
    INDArray second = Nd4j.createFromArray(new double[][] {{0, 1}});
    double[] gradients = gradients(Objective.of(network, Losses.crossEntropy()), one, second);
    assertThat(gradients).containsExactly(1, -1, 1, -1);
  }

  @Test
  void theGradientVectorOf784x16x16x10Has13002Numbers() {
    Network network =
        Network.builder(784).dense(16, relu()).dense(16, relu()).dense(10, softmax()).build();
    assertThat(network.parameters().length()).isEqualTo(13_002);
    assertThat(network.parameters().gradients().shape()).containsExactly(13_002);
  }

  @Test
  void perSampleGradientsHaveTheGradientOfTheBatchAsTheirMean() {
    Network network =
        Network.builder(4).dense(6, tanh()).dense(3, softmax()).dataType(DOUBLE).build();
    Objective objective = Objective.of(network, Losses.crossEntropy());
    double[] batch = gradients(objective, x, targets);
    network.parameters().gradients().assign(7);
    INDArray rows = objective.perSampleGradients(x, targets);
    assertThat(rows.shape()).containsExactly(5, network.parameters().length());
    assertNear(doubles(rows.mean(0)), batch, 1e-13);
    assertNear(
        doubles(rows.getRow(3)),
        gradients(objective, x.getRow(3, true).dup(), targets.getRow(3, true).dup()),
        1e-13);
    network.zeroGrad();
    network.parameters().gradients().assign(7);
    objective.perSampleGradients(x, targets);
    assertThat(doubles(network.parameters().gradients())).containsOnly(7);
  }

  @Test
  void valuesAndGradientsAreSetAsFlatVectors() {
    Network network = Network.builder(2).dense(1, sigmoid()).dataType(DOUBLE).build();
    network.parameters().setValues(Nd4j.createFromArray(1.0, 2, 3));
    network.parameters().setGradients(Nd4j.createFromArray(4.0, 5, 6));
    assertThat(doubles(network.parameters().get(0).value())).containsExactly(1, 2);
    assertThat(doubles(network.parameters().get(1).gradient())).containsExactly(6);
    assertThatThrownBy(() -> network.parameters().setValues(Nd4j.create(DOUBLE, 4)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "ParameterVector: expected values [3], found [4]; pass an array of that shape");
  }

  @Test
  void messagesOfAFusedLossHaveItsOwnName() {
    Network classes = Network.builder(1).dense(2, softmax()).dataType(DOUBLE).build();
    Network labels = Network.builder(1).dense(2, sigmoid()).dataType(DOUBLE).build();
    INDArray input = Nd4j.createFromArray(new double[][] {{1}});
    Batch bad = new Batch(input, Nd4j.createFromArray(new double[][] {{0.5, 7}}), null);
    for (Loss loss :
        List.of(
            Losses.crossEntropy(),
            Losses.crossEntropy().withLabelSmoothing(0.1).withClassWeights(1, 2))) {
      assertThatThrownBy(() -> Objective.of(classes, loss).forward(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(loss + ": expected targets ");
    }
    assertThatThrownBy(() -> Objective.of(labels, Losses.binaryCrossEntropy()).forward(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("binary cross-entropy (mean over outputs): expected targets ");
    assertThatThrownBy(
            () ->
                Losses.softmaxCrossEntropy()
                    .perSample(Nd4j.createFromArray(new double[][] {{1, 2}}), bad.targets()))
        .hasMessageStartingWith("softmax cross-entropy on logits: expected targets ");
  }

  @Test
  void frozenLayersAreLeftAsTheyAre() {
    Network network = Network.builder(4).dense(3, tanh()).dense(3, softmax()).build();
    network.layers().get(0).freeze(true);
    assertThat(network.parameters())
        .extracting(Parameter::isFrozen)
        .containsExactly(true, true, false, false);
    network.layers().get(0).freeze(false);
    assertThat(network.parameters()).noneMatch(Parameter::isFrozen);
  }

  @Test
  void aBatchTwiceLeavesTheGradientAsItIsAndAPermutedBatchPermutesTheOutput() {
    Network network =
        Network.builder(4).dense(6, relu()).dense(3, softmax()).dataType(DOUBLE).build();
    Objective objective = Objective.of(network, Losses.crossEntropy());
    assertNear(
        gradients(objective, Nd4j.vstack(x, x), Nd4j.vstack(targets, targets)),
        gradients(objective, x, targets),
        1e-13);
    INDArray swapped = Nd4j.vstack(x.getRow(1, true), x.getRow(0, true));
    INDArray y = network.predict(x);
    assertNear(network.predict(swapped), Nd4j.vstack(y.getRow(1, true), y.getRow(0, true)), 1e-14);
  }

  @Test
  void perSampleGradientsLeaveStatisticsAndRefuseSurplusTargets() {
    Network network =
        Network.builder(4).batchNormalization().dense(3, softmax()).dataType(DOUBLE).build();
    Objective objective = Objective.of(network, Losses.crossEntropy());
    INDArray before = network.parameters().values().dup();
    objective.perSampleGradients(x, targets);
    assertNear(network.parameters().values(), before, 0);
    assertThatThrownBy(() -> objective.perSampleGradients(x, random(1, 6, 3)))
        .hasMessage(
            "Objective: expected as many targets as inputs, 5, found 6; pass one target row for"
                + " each input row");
  }

  @Test
  void aBackwardAfterAnotherForwardOnThePassIsRefused() {
    Network network = Network.builder(4).dense(3, softmax()).dataType(DOUBLE).build();
    Objective objective = Objective.of(network, Losses.crossEntropy());
    Objective other = Objective.of(network, Losses.squaredError());
    Batch batch = new Batch(x, targets);
    Pass pass = network.trainingPass();
    for (Runnable between :
        new Runnable[] {
          () -> other.forward(batch),
          () -> network.forward(x, pass),
          () -> Losses.crossEntropy().forward(targets, targets, pass)
        }) {
      objective.forward(batch);
      between.run();
      assertThatThrownBy(objective::backward)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Objective.backward: expected no other forward on the training pass since its own,"
                  + " found a later forward of the network or of a loss; call it before the next"
                  + " forward, or use another pass for that forward");
      assertThatThrownBy(objective::predictions)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("Objective.predictions: expected no other forward");
    }
    objective.forward(batch);
    network.predict(x);
    network.forward(x, Pass.training());
    objective.perSampleGradients(x, targets);
    objective.backward();
    assertNear(objective.predictions(), network.predict(x), 1e-15);
  }

  @Test
  void perSampleGradientsNeedABatch() {
    Objective objective =
        Objective.of(
            Network.builder(4).dense(3, softmax()).dataType(DOUBLE).build(), Losses.crossEntropy());
    for (INDArray wrong :
        new INDArray[] {Nd4j.scalar(1.0), Nd4j.create(DOUBLE, 0, 4), Nd4j.zeros(DOUBLE, 4)}) {
      assertThatThrownBy(() -> objective.perSampleGradients(wrong, targets))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith(
              "Objective.perSampleGradients: expected inputs [B, 4] with B of 1 or more, found ");
      assertThatThrownBy(() -> objective.perSampleGradients(x, wrong))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith("Objective.perSampleGradients: expected targets [B, 3] with B");
    }
  }
}
