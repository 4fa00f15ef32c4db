package org.nn4j.persistence;

import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.random;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.io.Settings;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;

/** Networks and a user's own layer for the tests of files. */
public final class Pieces {
  private Pieces() {}

  /** y = f g ∘ x, a gain for each feature and a factor for all. */
  record Gain(double factor, Activation activation, Parameter gain) implements Layer {
    record Spec(double factor, Activation activation) implements LayerSpec {
      @Override
      public Layer build(Shape input, DataType type, RandomGenerator r) {
        return new Gain(
            factor,
            activation,
            new Parameter(
                "gain", Parameter.Role.WEIGHT, random(r.nextLong(), type, input.toArray())));
      }
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
      pass.keep(this, "x", x);
      return x.mul(gain.value()).muli(factor);
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      gain.gradient().addi(dY.mul(pass.kept(this, "x")).sum(0).muli(factor));
      return dY.mul(gain.value()).muli(factor);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(gain);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(gain.value().length());
    }
  }

  static final ModelRegistry REGISTRY =
      ModelRegistry.standard()
          .withLayer(
              "test.Gain",
              Gain.class,
              (gain, registry) ->
                  Settings.none()
                      .with("factor", gain.factor())
                      .with("activation", registry.describe(gain.activation())),
              (settings, registry) ->
                  new Gain.Spec(
                      settings.getDouble("factor"),
                      registry.activation(settings.getSettings("activation"))));

  /** Every kind of layer, and every activation with settings that are not the default ones. */
  public static Network everyLayer(DataType type) {
    NetworkBuilder nested =
        Network.builder(6)
            .dense(5, Activations.leakyRelu(0.3))
            .layerNormalization()
            .dense(5, Activations.elu(0.7));
    Network network =
        Network.builder(2, 3)
            .activation(Activations.tanh())
            .flatten()
            .layer(nested.spec())
            .batchNormalization()
            .dropout(0.4)
            .dense(4, Activations.gelu())
            .dense(4, Activations.silu())
            .dense(4, Activations.softplus())
            .dense(4, Activations.relu())
            .dense(4, Activations.sigmoid())
            .dense(4)
            .dense(3, Activations.softmax())
            .dataType(type)
            .seed(11)
            .build();
    INDArray batch = random(12, type, 7, 2, 3);
    network.forward(batch, network.trainingPass());
    network.backward(random(13, type, 7, 3), network.trainingPass());
    network.parameters().values().subi(network.parameters().gradients().mul(0.1));
    return network;
  }

  static Network withGain() {
    return Network.builder(3)
        .layer(new Gain.Spec(0.25, Activations.relu()))
        .dense(2, Activations.sigmoid())
        .dataType(FLOAT)
        .seed(5)
        .build();
  }
}
