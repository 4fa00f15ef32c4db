package org.nn4j.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.SeededRandom;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.model.Objective;

/** Gradients of networks of one to six layers that mix everything, drawn from seeds. */
class RandomNetworksTest {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activations.identity(),
          Activations.sigmoid(),
          Activations.tanh(),
          Activations.relu(),
          Activations.leakyRelu(),
          Activations.elu(),
          Activations.gelu(),
          Activations.silu(),
          Activations.softplus(),
          Activations.softmax());

  private static final List<Loss> LOSSES =
      List.of(
          Losses.squaredError(),
          Losses.meanSquaredError(),
          Losses.huber(),
          Losses.meanAbsoluteError(),
          Losses.softmaxCrossEntropy().withLabelSmoothing(0.1),
          Losses.sigmoidBinaryCrossEntropy());

  static IntStream seeds() {
    return IntStream.rangeClosed(1, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void haveRightGradients(int seed) {
    SeededRandom random = SeededRandom.stream(2026, seed);
    int in = 1 + random.nextInt(4);
    NetworkBuilder builder =
        Network.builder(in).dataType(DOUBLE).seed(seed).biases(Initializers.normal(0, 0.3));
    int depth = 1 + random.nextInt(6);
    int width = in;
    for (int layer = 0; layer < depth; layer++) {
      width = addLayer(builder, width, random);
    }
    Network network = builder.build();
    INDArray x = Near.random(seed, 4, in);
    INDArray targets = Near.random(seed + 100, 4, width);
    // Rows that every loss takes; of one number only losses without classes are drawn.
    (width == 1 ? Activations.sigmoid() : Activations.softmax()).forward(targets, targets);
    Loss loss = lossFor(network, random);
    boolean isFused =
        random.nextBoolean()
            && loss.fusion().filter(f -> f.activation().equals(network.activation())).isPresent();
    Network trained = isFused ? network.withoutActivation() : network;
    Loss ofTrained = isFused ? loss.fusion().orElseThrow().onPreActivation() : loss;

    GradientCheck.Result result = GradientCheck.check(trained, ofTrained, x, targets);
    assertThat(result.maxError()).as(loss + ", " + result + "\n" + network).isLessThan(1e-6);
  }

  /** Losses of probabilities where the network returns them; half of them are not fused. */
  private static Loss lossFor(Network network, SeededRandom random) {
    Loss loss = drawLoss(network, random);
    try {
      Objective.of(network, loss);
      return loss;
    } catch (IllegalArgumentException notDefinedForTheOutput) {
      return Losses.squaredError();
    }
  }

  private static Loss drawLoss(Network network, SeededRandom random) {
    if (network.activation().equals(Activations.softmax())) {
      double[] weights = new double[(int) network.outputShape().size()];
      Arrays.setAll(weights, i -> 0.5 + random.nextDouble());
      return Losses.crossEntropy().withClassWeights(weights);
    }
    if (network.activation().equals(Activations.sigmoid())) {
      return Losses.binaryCrossEntropy();
    }
    return LOSSES.get(random.nextInt(LOSSES.size()));
  }

  private static int addLayer(NetworkBuilder builder, int width, SeededRandom random) {
    Activation activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    int units = 1 + random.nextInt(5);
    switch (random.nextInt(8)) {
      case 0 -> builder.activation(activation);
      case 1 -> builder.dropout(0.3);
      case 2 -> builder.batchNormalization();
      case 3 -> {
        // One or two numbers normalize to 0 or ±1 whatever they are: there is no slope to compare.
        if (width > 2) {
          builder.layerNormalization();
        } else {
          builder.activation(activation);
        }
      }
      case 4 -> {
        builder.layer(
            Network.builder(width).dense(units, activation).dense(units, activation).spec());
        return units;
      }
      default -> {
        builder.dense(units, activation);
        return units;
      }
    }
    return width;
  }
}
