package org.nn4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
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
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Loss;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.internal.StandardActivation;
import org.nn4j.internal.StandardActivation.OutputRange;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.model.Objective;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/** A loss refuses outputs and targets that it is not defined for, before the first step. */
class DomainTest {
  private static final String TARGETS_IN_RANGE =
      "expected targets from 0 to 1, found %s in row 0, column %s of the batch; %s";
  private static final String NEGATIVE =
      "turn -1 and 1 into 0 and 1, data.mapTargets(y -> y.add(1).div(2)), or use"
          + " squaredError() for a regression";
  private static final String LARGE =
      "divide pixels by 255, data.mapTargets(y -> y.div(255)), convert class indices with"
          + " Dataset.ofLabels(inputs, labels, classes), or use squaredError() for a"
          + " regression";

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

  /** Gives probabilities, which nobody but its author can know. */
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

  /** Targets of a row, the losses that refuse it, and the end of the message. */
  static Stream<Arguments> targets() {
    List<Loss> all = losses();
    List<Loss> ofClasses = List.of(crossEntropy(), softmaxCrossEntropy());
    List<Loss> ofProbabilities =
        List.of(
            crossEntropy(),
            softmaxCrossEntropy(),
            binaryCrossEntropy(),
            sigmoidBinaryCrossEntropy());
    String finite =
        "expected finite targets, found %s in row 0, column 1 of the batch; correct or leave out"
            + " this sample";
    String sum =
        "expected one-hot targets, or soft ones that sum to 1 within 0.01, found a sum of %s in"
            + " row 0 of the batch; %s";
    String none =
        "assign a class to each sample; for one that should not count, set weight 0 with"
            + " data.withWeights(...)";
    String several =
        "for several labels a sample use binaryCrossEntropy() after dense(3, sigmoid())";
    return Stream.of(
        arguments(new double[] {0, Double.NaN, 1}, all, finite.formatted("NaN")),
        arguments(new double[] {0, Double.POSITIVE_INFINITY, 1}, all, finite.formatted("Infinity")),
        arguments(
            new double[] {Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
            all,
            null),
        arguments(
            new double[] {1, -1, -1},
            ofProbabilities,
            TARGETS_IN_RANGE.formatted("-1.0", 1, NEGATIVE)),
        arguments(
            new double[] {0, 255, 0},
            ofProbabilities,
            TARGETS_IN_RANGE.formatted("255.0", 1, LARGE)),
        arguments(
            new double[] {2, 0, 1}, ofProbabilities, TARGETS_IN_RANGE.formatted("2.0", 0, LARGE)),
        arguments(new double[] {1, 0, 1}, ofClasses, sum.formatted("2.0", several)),
        arguments(new double[] {0, 0, 0}, ofClasses, sum.formatted("0.0", none)),
        arguments(new double[] {0.5, 0.25, 0.125}, ofClasses, sum.formatted("0.875", none)),
        arguments(new double[] {0, 1, 0}, List.of(), null),
        arguments(new double[] {0.33, 0.33, 0.33}, List.of(), null),
        arguments(new double[] {0.1f + 0.2f, 0.7f, -1e-7}, List.of(), null));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void refusesTargetsOutsideOfItsDomain(double[] row, List<Loss> refusing, String message) {
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      INDArray targets = Nd4j.createFromArray(new double[][] {row}).castTo(type);
      INDArray wide = Nd4j.zeros(type, 1, 6);
      INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 6));
      view.assign(targets);
      INDArray predictions = Nd4j.createFromArray(new double[][] {{0.2, 0.3, 0.5}}).castTo(type);
      for (INDArray form : List.of(targets, targets.dup('f'), view)) {
        for (Loss loss : losses()) {
          Pass pass = Pass.training();
          if (refusing.contains(loss)) {
            for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                    () -> loss.forward(predictions, form, pass),
                    () -> loss.perSample(predictions, form))) {
              assertThatThrownBy(call)
                  .isInstanceOf(IllegalArgumentException.class)
                  .hasMessageStartingWith(loss + ": expected ")
                  .hasMessageEndingWith(message == null ? "" : message);
            }
          } else {
            assertThat(loss.forward(predictions, form, pass)).as(loss.toString()).isNotNaN();
          }
        }
      }
    }
  }

  private static Dataset badFrom(int row, int rows) {
    INDArray targets = Nd4j.zeros(FLOAT, rows, 1);
    targets.putScalar(row, 0, 2);
    return Dataset.of(random(1, FLOAT, rows, 2), targets);
  }

  private static Network binary() {
    return Network.builder(2).dense(1, sigmoid()).seed(1).build();
  }

  private static TrainerBuilder trainer(Network network) {
    return Trainer.builder(network).loss(binaryCrossEntropy()).optimizer(sgd(0.1)).batchSize(4);
  }

  @Test
  void aWrongTargetIsFoundInAnyBatch() {
    for (int row : new int[] {0, 5, 19}) {
      Network network = binary();
      double[] before = doubles(network.parameters().values());
      Trainer trainer = trainer(network).shuffle(false).epochs(1).build();
      assertThatThrownBy(() -> trainer.fit(badFrom(row, 20)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 2.0 in row " + row % 4 + ", column 0 of the batch");
      assertThat(trainer.progress().steps()).isEqualTo(row / 4);
      if (row == 0) {
        assertThat(doubles(network.parameters().values())).containsExactly(before);
      }
    }
  }

  @Test
  void aWrongTargetOfASourceIsFoundInAnyEpoch() {
    BatchSource source =
        BatchSource.of(
            Shape.of(2),
            Shape.of(1),
            epoch ->
                Batches.inOrder(badFrom(epoch == 2 ? 3 : 4, 5).take(4), 4, FLOAT).evaluation());
    Trainer trainer =
        Trainer.builder(binary()).loss(binaryCrossEntropy()).optimizer(sgd(0.1)).epochs(3).build();
    assertThatThrownBy(() -> trainer.fit(source)).hasMessageContaining("found 2.0 in row 3");
    assertThat(trainer.progress().steps()).isEqualTo(1);
  }

  @Test
  void validationDataIsLookedAtBeforeTheFirstStep() {
    Network network = binary();
    Trainer trainer = trainer(network).validation(badFrom(3, 4)).build();
    Dataset good = Dataset.of(random(1, FLOAT, 8, 2), Nd4j.ones(FLOAT, 8, 1));
    assertThatThrownBy(() -> trainer.fit(good)).hasMessageContaining("found 2.0 in row 3");
    assertThat(trainer.progress().steps()).isZero();
    assertThatThrownBy(
            () -> Evaluator.of(network).loss(binaryCrossEntropy()).evaluate(badFrom(0, 4)))
        .hasMessageContaining("found 2.0");
  }

  @Test
  void classIndicesInPlaceOfRowsAreRecognized() {
    Dataset indices = Dataset.of(random(1, FLOAT, 4, 2), Nd4j.ones(FLOAT, 4, 1));
    Network network = Network.builder(2).dense(3, softmax()).build();
    Trainer trainer = Trainer.builder(network).loss(crossEntropy()).optimizer(sgd(0.1)).build();
    String remedy =
        "found [1]; convert class indices with Dataset.ofLabels(inputs, labels, 3), or"
            + " build the network for the data";
    assertThatThrownBy(() -> trainer.fit(indices)).hasMessageContaining(remedy);
    assertThatThrownBy(() -> Evaluator.of(network).evaluate(indices)).hasMessageContaining(remedy);
    for (long[] shape : new long[][] {{4}, {4, 1}}) {
      INDArray labels = Nd4j.ones(FLOAT, shape);
      assertThatThrownBy(
              () -> crossEntropy().forward(Nd4j.ones(FLOAT, 4, 3), labels, Pass.training()))
          .hasMessageStartingWith(
              "cross-entropy: expected targets [4, 3], found "
                  + Arrays.toString(shape)
                  + "; pass targets of that shape; convert class indices with"
                  + " Labels.oneHot(labels, 3, DataType.FLOAT)");
    }
  }
}
