package org.nn4j.onnx;

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

import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Parameter;
import org.nn4j.Shape;
import org.nn4j.layer.Layers;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;

/** Networks of every kind of layer and activation, with parameters that are all drawn. */
final class Networks {
  static final List<Activation> ACTIVATIONS =
      List.of(
          sigmoid(),
          tanh(),
          relu(),
          leakyRelu(),
          leakyRelu(0.3),
          elu(),
          elu(0.4),
          gelu(),
          silu(),
          softplus(),
          softmax(),
          identity());

  private Networks() {}

  static INDArray random(long seed, DataType type, long... shape) {
    Random random = new Random(seed);
    double[] numbers = random.doubles(Shape.of(shape).size()).map(u -> 4 * u - 2).toArray();
    return Nd4j.createFromArray(numbers).castTo(type).reshape('c', shape);
  }

  /** Draws all parameters: biases, scales and running statistics too. */
  static Network drawn(NetworkBuilder builder, long seed) {
    Network network = builder.seed(seed).build();
    for (int i = 0; i < network.parameters().size(); i++) {
      Parameter parameter = network.parameters().get(i);
      if (parameter.role() != Parameter.Role.WEIGHT) {
        INDArray noise =
            random(seed + i, network.dataType(), parameter.value().shape()).mul(0.2).add(0.6);
        parameter.value().assign(noise);
      }
    }
    return network;
  }

  /** One to six layers of any kind. */
  static Network random(long seed, DataType type) {
    Random random = new Random(seed);
    NetworkBuilder builder =
        random.nextBoolean() ? Network.builder(5) : Network.builder(3, 2).flatten();
    addLayers(builder, random, 1 + random.nextInt(6));
    return drawn(builder.dataType(type), seed);
  }

  private static void addLayers(NetworkBuilder builder, Random random, int layers) {
    for (int i = 0; i < layers; i++) {
      Activation activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
      switch (random.nextInt(7)) {
        case 0 -> builder.activation(activation);
        case 1 -> builder.layer(Layers.batchNormalization(1e-3 * (1 + random.nextInt(9)), 0.1));
        case 2 -> builder.layer(Layers.layerNormalization(1e-3 * (1 + random.nextInt(9))));
        case 3 -> builder.dropout(0.5);
        case 4 -> builder.flatten();
        default -> builder.dense(2 + random.nextInt(6), activation);
      }
    }
  }

  static void assertClose(INDArray found, INDArray expected, double tolerance) {
    Assertions.assertThat(found.shape()).isEqualTo(expected.shape());
    Assertions.assertThat(found.castTo(DataType.DOUBLE).ravel().toDoubleVector())
        .containsExactly(
            expected.castTo(DataType.DOUBLE).ravel().toDoubleVector(),
            org.assertj.core.data.Offset.offset(tolerance));
  }
}
