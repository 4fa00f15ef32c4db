package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.BFLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.init.Initializers;
import org.nn4j.layer.Layers;
import org.nn4j.loss.Losses;

class NetworkTest {
  @Test
  void theTableShowsLayersShapesAndParameterCounts() {
    Network network = Network.builder(784).dense(40, sigmoid()).dense(10, sigmoid()).build();
    assertThat(network)
        .hasToString(
            """
            layer                      output    parameters
            input                      [B, 784]
            Dense(784 -> 40, sigmoid)  [B, 40]       31,400
            Dense(40 -> 10, sigmoid)   [B, 10]          410
            total                      FLOAT         31,810"""
                .replace("[B, 784]\n", "[B, 784]            \n"));
    assertThat(Network.builder(Shape.of(2, 3)).flatten().build().inputShape())
        .isEqualTo(Shape.of(2, 3));
  }

  @Test
  void computesTheEquationOfADenseLayerByHand() {
    // X = (1, 2); W = ((1, -1), (0.5, 3)); b = (0.5, -10): Z = (1 + 1 + 0.5, -1 + 6 - 10) = (2.5,
    // -5).
    // ReLU: A = (2.5, 0). With dA = (1, 1): dZ = (1, 0), dW = Xᵀ dZ = ((1, 0), (2, 0)), db = dZ,
    // dX = dZ Wᵀ = (1, 0.5).
    Network network = Network.builder(2).dense(2, relu()).dataType(DOUBLE).build();
    network.parameters().values().assign(Nd4j.createFromArray(1, -1, 0.5, 3, 0.5, -10));
    INDArray a =
        network.forward(Nd4j.createFromArray(new double[][] {{1, 2}}), network.trainingPass());
    assertThat(doubles(a)).containsExactly(2.5, 0);
    INDArray dX =
        network.backward(Nd4j.createFromArray(new double[][] {{1, 1}}), network.trainingPass());
    assertThat(doubles(dX)).containsExactly(1, 0.5);
    assertThat(doubles(network.parameters().gradients())).containsExactly(1, 0, 2, 0, 1, 0);
  }

  @Test
  void twoBackwardsDoubleTheGradientAndZeroGradClearsIt() {
    Network network = Network.builder(3).dense(4, tanh()).dense(2).dataType(DOUBLE).build();
    INDArray x = random(1, 5, 3);
    INDArray dY = random(2, 5, 2);
    network.forward(x, network.trainingPass());
    network.backward(dY, network.trainingPass());
    double[] once = doubles(network.parameters().gradients());
    network.backward(dY, network.trainingPass());
    assertNear(network.parameters().gradients(), Nd4j.createFromArray(once).muli(2), 1e-12);
    network.zeroGrad();
    assertThat(doubles(network.parameters().gradients())).containsOnly(0);
    network.layers().get(0).zeroGrad();
  }

  /** Layer without parameters, whose gradient nobody needs. */
  private record Unasked(Shape outputShape) implements Layer {
    @Override
    public INDArray forward(INDArray x, Pass pass) {
      return x;
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      throw new AssertionError("the gradient of an input was computed");
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }
  }

  @Test
  void layersBeforeTheFirstParametersGetNoGradient() {
    Network network =
        Network.builder(2, 2)
            .layer((input, type, random) -> new Unasked(input))
            .flatten()
            .layer(Network.builder(4).dense(3, tanh()).spec())
            .dense(2)
            .dataType(DOUBLE)
            .build();
    Network inner = Network.builder(4).dense(3, tanh()).dense(2).dataType(DOUBLE).build();
    inner.parameters().values().assign(network.parameters().values());
    INDArray x = random(1, 5, 2, 2);
    INDArray dY = random(2, 5, 2);

    network.forward(x, network.trainingPass());
    network.backwardParameters(dY, network.trainingPass());

    inner.forward(x.reshape(5, 4), inner.trainingPass());
    inner.backward(dY, inner.trainingPass());
    assertNear(network.parameters().gradients(), inner.parameters().gradients(), 1e-12);
    assertThatThrownBy(() -> network.backward(dY, network.trainingPass()))
        .hasMessage("the gradient of an input was computed");
  }

  @Test
  void aNetworkWithoutParametersIsTrainedWithoutEffect() {
    Network network = Network.builder(2, 2).flatten().activation(tanh()).build();
    network.forward(random(1, 5, 2, 2).castTo(FLOAT), network.trainingPass());
    network.backwardParameters(random(2, 5, 4).castTo(FLOAT), network.trainingPass());
    assertThat(network.parameters().gradients().length()).isZero();
  }

  @Test
  void forwardAndBackwardLeaveTheirArgumentsAlone() {
    Network network =
        Network.builder(3).dense(4, softmax()).activation(tanh()).dataType(DOUBLE).build();
    INDArray x = random(1, 5, 3);
    INDArray dY = random(2, 5, 4);
    INDArray xBefore = x.dup();
    INDArray dYBefore = dY.dup();
    network.forward(x, network.trainingPass());
    network.backward(dY, network.trainingPass());
    assertNear(x, xBefore, 0);
    assertNear(dY, dYBefore, 0);
  }

  @Test
  void viewsAndColumnOrderGiveTheSameAnswer() {
    Network network = Network.builder(3).dense(4, sigmoid()).dataType(DOUBLE).build();
    INDArray x = random(1, 5, 3);
    INDArray expected = network.predict(x);
    assertNear(network.predict(x.dup('f')), expected, 1e-15);
    INDArray wide = random(2, 5, 6);
    wide.get(
            org.nd4j.linalg.indexing.NDArrayIndex.all(),
            org.nd4j.linalg.indexing.NDArrayIndex.interval(2, 5))
        .assign(x);
    assertNear(
        network.predict(
            wide.get(
                org.nd4j.linalg.indexing.NDArrayIndex.all(),
                org.nd4j.linalg.indexing.NDArrayIndex.interval(2, 5))),
        expected,
        1e-15);
  }

  @Test
  void predictLeavesNoStateAndGivesAnArrayOfItsOwn() {
    Network network = Network.builder(3).dense(2, sigmoid()).dataType(DOUBLE).build();
    INDArray first = network.predict(random(1, 4, 3));
    double[] before = doubles(first);
    network.predict(random(2, 4, 3));
    assertThat(doubles(first)).containsExactly(before);
    assertThatThrownBy(() -> network.backward(random(3, 4, 2), network.trainingPass()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Dense(3 -> 2, sigmoid): expected forward before backward, on the same pass, found no"
                + " 'X' kept by a forward; call forward(x, pass) first;"
                + " see docs/troubleshooting.md#backward-before-forward");
  }

  @Test
  void manyThreadsPredictAtOnce() throws Exception {
    Network network =
        Network.builder(20)
            .dense(30, relu())
            .batchNormalization()
            .dropout(0.5)
            .dense(5, softmax())
            .seed(3)
            .build();
    int rounds = 100;
    List<INDArray> inputs = new ArrayList<>();
    List<double[]> serial = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(random(i, FLOAT, i + 1, 20));
      serial.add(doubles(network.predict(inputs.get(i))));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int k = i;
        done.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < rounds; n++) {
                    int which = (k + n) % 8;
                    assertThat(doubles(network.predict(inputs.get(which))))
                        .isEqualTo(serial.get(which));
                  }
                }));
      }
      for (Future<?> future : done) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void networksNestAndShareOneVector() {
    NetworkBuilder innerBuilder = Network.builder(4).dense(3, tanh()).dense(2, relu());
    Network network =
        Network.builder(5)
            .dense(4, sigmoid())
            .layer(innerBuilder.spec())
            .dense(3, softmax())
            .seed(9)
            .build();
    Network flat =
        Network.builder(5)
            .dense(4, sigmoid())
            .dense(3, tanh())
            .dense(2, relu())
            .dense(3, softmax())
            .seed(9)
            .build();
    assertThat(network.parameters().length()).isEqualTo(flat.parameters().length());
    INDArray x = random(1, FLOAT, 6, 5);
    assertNear(network.predict(x), flat.predict(x), 0);

    Network inner = (Network) network.layers().get(1);
    inner.parameters().values().assign(0);
    assertThat(network.parameters().values().getDouble(24)).isZero();
    assertThat(network.toString()).contains("Network", "  Dense(4 -> 3, tanh)");
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    NetworkBuilder builder = Network.builder(7).dense(5, relu()).dense(3, tanh());
    double[] first = doubles(builder.seed(1).build().parameters().values());
    assertThat(doubles(builder.seed(1).build().parameters().values())).containsExactly(first);
    assertThat(doubles(builder.seed(2).build().parameters().values())).isNotEqualTo(first);
  }

  @Test
  void weightsStartFromHeBeforeReluAndFromGlorotElseAndBiasesFromZero() {
    Network network = Network.builder(400).dense(600, relu()).dense(200, tanh()).build();
    assertThat(deviation(network.parameters().get(0).value()))
        .isCloseTo(Math.sqrt(2.0 / 400), org.assertj.core.data.Percentage.withPercentage(2));
    assertThat(deviation(network.parameters().get(2).value()))
        .isCloseTo(Math.sqrt(2.0 / 800), org.assertj.core.data.Percentage.withPercentage(2));
    assertThat(doubles(network.parameters().get(1).value())).containsOnly(0);
  }

  private static double deviation(INDArray array) {
    double squares = 0;
    for (double v : doubles(array)) {
      squares += v * v;
    }
    return Math.sqrt(squares / array.length());
  }

  @Test
  void theBuilderTakesOtherInitializers() {
    Network network =
        Network.builder(2)
            .dense(2, relu(), Initializers.constant(7))
            .dense(2)
            .weights(Initializers.constant(3))
            .biases(Initializers.constant(1))
            .build();
    assertThat(doubles(network.parameters().values()))
        .containsExactly(7, 7, 7, 7, 1, 1, 3, 3, 3, 3, 1, 1);
  }

  @Test
  void endsInTheActivationOfItsLastLayerAndCanDoWithout() {
    Network network = Network.builder(3).dense(4, tanh()).dense(2, softmax()).build();
    assertThat(network.activation()).isEqualTo(softmax());
    Network logits = network.withoutActivation();
    assertThat(logits.parameters()).isSameAs(network.parameters());
    INDArray x = random(1, FLOAT, 3, 3);
    INDArray a = logits.predict(x);
    softmax().forward(a, a);
    assertNear(a, network.predict(x), 1e-7);

    Network plain = Network.builder(3).layer((in, type, random) -> new Forgetful(network)).build();
    assertThat(plain.activation()).isEqualTo(identity());
    assertThat(plain.withoutActivation()).isSameAs(plain);
  }

  @Test
  void objectivesAreFusedWhereverANetworkEndsInItsActivation() {
    for (Network network :
        List.of(
            Network.builder(3).dense(2, softmax()).build(),
            Network.builder(3).dense(2).activation(softmax()).build(),
            Network.builder(3)
                .layer(Network.builder(3).dense(2).activation(softmax()).spec())
                .build())) {
      Objective objective = Objective.of(network, Losses.crossEntropy());
      assertThat(objective.loss()).hasSameClassAs(Losses.softmaxCrossEntropy());
      INDArray x = random(1, FLOAT, 4, 3);
      INDArray output = objective.trained().predict(x);
      assertNear(objective.toPredictions(output), network.predict(x), 1e-7);
    }
    Network sigmoids = Network.builder(3).dense(2, sigmoid()).build();
    assertThat(Objective.of(sigmoids, Losses.squaredError()).trained()).isSameAs(sigmoids);
  }

  @Test
  void refusesWrongInput() {
    Network network = Network.builder(3).dense(2, sigmoid()).build();
    assertThatThrownBy(() -> network.predict(Nd4j.create(FLOAT, 4, 5)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Network: expected input [B, 3] with B of 1 or more, found [4, 5]; pass samples of"
                + " shape [3], or build the network for the shape you have");
    assertThatThrownBy(() -> network.predict(Nd4j.create(FLOAT, 3)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("found [3]; pass a batch: reshape a single sample to [1, 3];");
    assertThatThrownBy(() -> network.predict(Nd4j.create(FLOAT, 0, 3)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("found [0, 3]; pass at least one sample;");
    assertThatThrownBy(() -> network.predict(Nd4j.create(DOUBLE, 1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Network: expected input of data type FLOAT, found DOUBLE; cast it with"
                + " castTo(DataType.FLOAT), or build the network with that type;"
                + " see docs/troubleshooting.md#data-type");
    network.forward(Nd4j.create(FLOAT, 4, 3), network.trainingPass());
    assertThatThrownBy(() -> network.backward(Nd4j.create(FLOAT, 4, 3), network.trainingPass()))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "Dense(3 -> 2, sigmoid): expected gradient [4, 2], found [4, 3]; pass an array of that shape");
  }

  @Test
  void refusesAChainThatDoesNotFit() {
    assertThatThrownBy(() -> Network.builder(28, 28).dense(10, sigmoid()).build())
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "layer 1 of 1, Dense(10, sigmoid): expected an input of one dimension, [in], found [28,"
                + " 28]; put a Flatten layer before it");
    assertThatThrownBy(
            () -> Network.builder(3).dense(4).layer(Network.builder(5).dense(2).spec()).build())
        .hasMessageStartingWith(
            "layer 2 of 2, Network([5], 1 layers): expected an input [5], found [4]; build the network"
                + " for the output shape of the layer before it");
    assertThatThrownBy(() -> Network.builder(3).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Network: expected at least one layer, found none; add one, for example with dense(10,"
                + " sigmoid())");
    assertThatThrownBy(() -> Network.builder(0)).hasMessageContaining("found [0]");
    assertThatThrownBy(() -> Network.builder(3).dense(0, relu()).build())
        .hasMessage("Dense: expected a positive number of units, found 0; pass 1 or more");
    assertThatThrownBy(() -> Network.builder(3).dataType(BFLOAT16))
        .hasMessage(
            "Network: expected data type FLOAT or DOUBLE, found BFLOAT16; correct the argument");
  }

  @Test
  void refusesAnInitializerThatMakesAnotherShapeOrType() {
    NetworkBuilder wrongShape =
        Network.builder(3).dense(4, relu()).biases((shape, type, random) -> Nd4j.create(type, 1));
    assertThatThrownBy(wrongShape::build)
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "layer 1 of 1, Dense(4, relu): expected an array [4] of FLOAT from its initializer, found"
                + " [1] of FLOAT; return the requested shape and type from"
                + " Initializer.create");
    NetworkBuilder wrongType =
        Network.builder(3).dense(4, relu(), (shape, type, random) -> Nd4j.create(DOUBLE, 3, 4));
    assertThatThrownBy(wrongType::build).hasMessageContaining("found [3, 4] of DOUBLE");
  }

  @Test
  void refusesALayerThatBelongsToAnotherNetworkOrStandsTwice() {
    Network first = Network.builder(3).dense(3, relu()).build();
    NetworkBuilder second =
        Network.builder(3).layer((input, type, random) -> first.layers().get(0));
    assertThatThrownBy(second::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ParameterVector: expected layers that belong to no other network, found parameters"
                + " [weight [3, 3], bias [3]] of one that does; build the layer again from its"
                + " LayerSpec");
    Layer shared = Layers.activation(tanh()).build(Shape.of(3), FLOAT, new SeededRandom(1));
    NetworkBuilder twice =
        Network.builder(3)
            .layer((input, type, random) -> shared)
            .layer((input, type, random) -> shared);
    assertThatThrownBy(twice::build)
        .hasMessage(
            "Network([3], 2 layers): expected different layer objects, found"
                + " Activation(tanh) twice; create a new layer in each call of LayerSpec.build");
  }

  @Test
  void aTrainedNetworkNestsOnce() {
    Network inner = Network.builder(3).dense(2, relu()).build();
    NetworkBuilder outer = Network.builder(3).layer((input, type, random) -> inner).dense(1);
    assertThat(outer.build().parameters().length()).isEqualTo(11);
    assertThatThrownBy(outer::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void softmaxRunsAlongTheLastAxisOfAnyRank() {
    for (DataType type : new DataType[] {FLOAT, DOUBLE}) {
      Network network = Network.builder(2, 3).activation(softmax()).dataType(type).build();
      INDArray a = network.predict(random(1, type, 4, 2, 3));
      assertNear(doubles(a.sum(2)), new double[] {1, 1, 1, 1, 1, 1, 1, 1}, 1e-6);
    }
  }

  @Test
  void buffersOutliveAWorkspaceOfTheCaller() {
    Network network = Network.builder(3).dense(2, sigmoid()).build();
    INDArray x = random(1, FLOAT, 4, 3);
    try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("caller")) {
      assertThat(network.forward(x.dup(), network.trainingPass()).isAttached()).isFalse();
      assertThat(workspace.isScopeActive()).isTrue();
    }
  }
}
