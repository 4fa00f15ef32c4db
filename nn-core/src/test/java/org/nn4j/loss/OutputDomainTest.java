package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.elu;
import static org.nn4j.activation.Activations.gelu;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.leakyRelu;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.silu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.softplus;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.binaryCrossEntropy;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.huber;
import static org.nn4j.loss.Losses.meanAbsoluteError;
import static org.nn4j.loss.Losses.sigmoidBinaryCrossEntropy;
import static org.nn4j.loss.Losses.softmaxCrossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Loss;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.StandardActivation.OutputRange;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.model.Objective;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/** A loss refuses outputs of a network that it is not defined for, before the first step. */
class OutputDomainTest {
  static List<Loss> losses() {
    return List.of(
        squaredError(),
        meanAbsoluteError(),
        huber(),
        crossEntropy(),
        softmaxCrossEntropy(),
        binaryCrossEntropy(),
        sigmoidBinaryCrossEntropy());
  }

  static List<Activation> activations() {
    return List.of(
        identity(),
        sigmoid(),
        tanh(),
        relu(),
        leakyRelu(),
        elu(),
        gelu(),
        silu(),
        softplus(),
        softmax());
  }

  /** Which activations each loss takes, with three outputs. */
  static Stream<Arguments> accepted() {
    return Stream.of(
        arguments(squaredError(), activations()),
        arguments(meanAbsoluteError(), activations()),
        arguments(huber(), activations()),
        arguments(crossEntropy(), List.of(softmax())),
        arguments(softmaxCrossEntropy(), List.of(identity(), leakyRelu())),
        arguments(binaryCrossEntropy(), List.of(sigmoid())),
        arguments(sigmoidBinaryCrossEntropy(), List.of(identity(), leakyRelu())));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void takesTheseActivationsAndNoOther(Loss loss, List<Activation> accepted) {
    for (Activation last : activations()) {
      Network network = Network.builder(2).dense(3, last).build();
      TrainerBuilder trainer = Trainer.builder(network).loss(loss).optimizer(sgd(0.1));
      if (accepted.contains(last)) {
        assertThatCode(trainer::build).as(loss + " after " + last).doesNotThrowAnyException();
        assertThatCode(() -> Objective.of(network, loss)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(trainer::build)
            .as(loss + " after " + last)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageMatching(
                "\\Q%s\\E: expected a network that ends in .*, found one that ends in \\Q%s\\E; .*"
                    .formatted(loss, last));
        assertThatThrownBy(() -> Objective.of(network, loss))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void everyActivationOfTheLibraryIsKnown() throws ReflectiveOperationException {
    List<Object> made = new ArrayList<>();
    for (Method factory : Activations.class.getMethods()) {
      if (Modifier.isStatic(factory.getModifiers()) && factory.getParameterCount() == 0) {
        made.add(factory.invoke(null));
      }
    }
    assertThat(made).containsExactlyInAnyOrderElementsOf(activations());
    for (Activation activation : activations()) {
      assertThat(StandardActivation.rangeOf(activation)).isNotEqualTo(OutputRange.UNKNOWN);
    }
    assertThat(StandardActivation.rangeOf(leakyRelu(0))).isEqualTo(OutputRange.BOUNDED);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(
            crossEntropy(),
            3,
            sigmoid(),
            "cross-entropy: expected a network that ends in softmax, found one that ends in"
                + " sigmoid; end it in softmax(), or use binaryCrossEntropy() for several labels a"
                + " sample"),
        arguments(
            crossEntropy(),
            3,
            relu(),
            "cross-entropy: expected a network that ends in softmax, found one that ends in relu;"
                + " end it in softmax(), or use softmaxCrossEntropy() after a layer without"
                + " activation"),
        arguments(
            crossEntropy(),
            1,
            softmax(),
            "cross-entropy: expected a network with an output for each of 2 or more classes, found"
                + " 1 output; end the network with 2 outputs, or use binaryCrossEntropy(), after"
                + " dense(1,"
                + " sigmoid())"),
        arguments(
            softmaxCrossEntropy(),
            1,
            identity(),
            "softmax cross-entropy on logits: expected a network with an output for each of 2 or"
                + " more classes, found 1 output; end the network with 2 outputs, or use"
                + " sigmoidBinaryCrossEntropy()"),
        arguments(
            softmaxCrossEntropy(),
            3,
            softmax(),
            "softmax cross-entropy on logits: expected a network that ends in logits, without"
                + " activation, found one that ends in softmax; leave the last activation out, or"
                + " use crossEntropy() and end the network in softmax()"),
        arguments(
            sigmoidBinaryCrossEntropy(),
            1,
            sigmoid(),
            "sigmoid binary cross-entropy on logits (mean over outputs): expected a network that"
                + " ends in logits, without activation, found one that ends in sigmoid; leave the"
                + " last activation out, or use binaryCrossEntropy() and end the network in"
                + " sigmoid()"),
        arguments(
            binaryCrossEntropy(),
            1,
            tanh(),
            "binary cross-entropy (mean over outputs): expected a network that ends in sigmoid,"
                + " found one that ends in tanh; end it in sigmoid(), or use"
                + " sigmoidBinaryCrossEntropy() after a layer without activation"),
        arguments(
            binaryCrossEntropy(),
            1,
            softmax(),
            "binary cross-entropy (mean over outputs): expected a network that ends in sigmoid,"
                + " found one that ends in softmax; end it in sigmoid(), or use crossEntropy() for"
                + " one of several classes"),
        arguments(
            crossEntropy().withClassWeights(1, 2),
            3,
            softmax(),
            "cross-entropy: expected a class weight for each of the 3 outputs of the network,"
                + " found 2 weights, [1.0, 2.0]; pass one weight for each class"),
        arguments(
            softmaxCrossEntropy().withClassWeights(1, 2, 3, 4),
            3,
            identity(),
            "cross-entropy: expected a class weight for each of the 3 outputs of the network,"
                + " found 4 weights, [1.0, 2.0, 3.0, 4.0]; pass one weight for each class"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void messagesSayWhatToDo(Loss loss, int outputs, Activation last, String message) {
    Network network = Network.builder(2).dense(outputs, last).build();
    TrainerBuilder trainer = Trainer.builder(network).loss(loss).optimizer(sgd(0.1));
    assertThatThrownBy(trainer::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    Evaluator evaluator = Evaluator.of(network).loss(loss);
    Dataset data = Dataset.of(random(1, FLOAT, 4, 2), Nd4j.zeros(FLOAT, 4, outputs));
    assertThatThrownBy(() -> evaluator.evaluate(data)).hasMessage(message);
  }

  @Test
  void theActivationIsFoundBehindLayersThatLeaveItAsItIs() {
    Loss loss = crossEntropy();
    assertThatThrownBy(() -> Objective.of(ending(b -> b.dense(3).dropout(0.5)), loss))
        .hasMessageContaining("found one that ends in identity");
    assertThatThrownBy(() -> Objective.of(ending(b -> b.dense(3, relu()).flatten()), loss))
        .hasMessageContaining("found one that ends in relu");
    assertThatThrownBy(
            () -> Objective.of(ending(b -> b.dense(3, softmax()).batchNormalization()), loss))
        .hasMessageContaining("found one that ends in identity");
    LayerSpec nested = Network.builder(2).dense(3, tanh()).spec();
    assertThatThrownBy(() -> Objective.of(ending(b -> b.layer(nested)), loss))
        .hasMessageContaining("found one that ends in tanh");
    assertThatThrownBy(
            () ->
                Objective.of(
                    ending(b -> b.dense(3, softmax()).dropout(0.1)), softmaxCrossEntropy()))
        .hasMessageContaining("found one that ends in softmax");
    Objective.of(ending(b -> b.dense(3, softmax()).flatten()), loss);
    Objective.of(ending(b -> b.dense(3, sigmoid()).dense(3, softmax())), loss);
  }

  private static Network ending(UnaryOperator<NetworkBuilder> layers) {
    return layers.apply(Network.builder(2)).build();
  }

  /** Returns probabilities; the library cannot detect it. */
  private record OwnSoftmax() implements Activation {
    @Override
    public void forward(INDArray z, INDArray a) {
      softmax().forward(z, a);
    }

    @Override
    public void backward(INDArray dA, INDArray a, INDArray dZ) {
      softmax().backward(dA, a, dZ);
    }
  }

  private record OwnLayer(Shape outputShape) implements Layer {
    @Override
    public INDArray forward(INDArray x, Pass pass) {
      INDArray a = x.ulike();
      softmax().forward(x, a);
      pass.keep(this, "a", a);
      return a;
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      INDArray dX = dY.ulike();
      softmax().backward(dY, pass.kept(this, "a"), dX);
      return dX;
    }

    @Override
    public void zeroGrad() {}

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    record Spec() implements LayerSpec {
      @Override
      public Layer build(Shape input, DataType type, RandomGenerator random) {
        return new OwnLayer(input);
      }
    }
  }

  /** Takes targets that are NaN for missing ones. */
  private record OwnLoss() implements Loss {
    @Override
    public void compute(
        INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
      perSample.assign(0);
      gradient.assign(0);
    }
  }

  @Test
  void activationsLayersAndLossesOfAUserAreTaken() {
    Network ownActivation = Network.builder(2).dense(3, new OwnSoftmax()).build();
    Network ownLayer = Network.builder(2).dense(3).layer(new OwnLayer.Spec()).build();
    Dataset data = Dataset.ofLabels(random(1, FLOAT, 4, 2), new int[4], 3);
    for (Network network : List.of(ownActivation, ownLayer)) {
      Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.1)).build().fit(data);
    }
    INDArray missing = Nd4j.valueArrayOf(new long[] {4, 3}, Float.NaN, FLOAT);
    for (Activation last : activations()) {
      Network network = Network.builder(2).dense(3, last).build();
      Trainer trainer =
          Trainer.builder(network).loss(new OwnLoss()).optimizer(sgd(0.1)).epochs(1).build();
      trainer.fit(Dataset.of(random(1, FLOAT, 4, 2), missing));
    }
  }
}
