package org.nn4j.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.layer.Layers;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;

class GradientCheckTest {
  static Stream<Activation> activations() {
    return Stream.of(identity(), sigmoid(), tanh(), relu(), softmax());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void everyActivationAloneAndInADenseLayerPasses(Activation activation) {
    assertPasses(Network.builder(5).dense(4, activation).seed(1).dataType(DOUBLE).build());
    Layer alone =
        Layers.activation(activation).build(Shape.of(5), DOUBLE, new org.nn4j.SeededRandom(1));
    assertPasses(alone);
  }

  private static void assertPasses(Layer layer) {
    GradientCheck.Result result = GradientCheck.check(layer, random(7, 6, 5));
    assertThat(result.passed()).as(result.toString()).isTrue();
    assertThat(result.entries()).isGreaterThanOrEqualTo(30);
    assertThat(result.toString()).startsWith("passed: " + result.entries() + " gradients");
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Losses.squaredError(),
        Losses.meanSquaredError(),
        Losses.crossEntropy(),
        Losses.softmaxCrossEntropy());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossPasses(Loss loss) {
    Network network =
        Network.builder(4).dense(5, tanh()).dense(3, softmax()).seed(2).dataType(DOUBLE).build();
    INDArray targets = random(3, 6, 3);
    softmax().forward(targets, targets);
    GradientCheck.Result result = GradientCheck.check(network, loss, random(4, 6, 4), targets);
    assertThat(result.passed()).as(result.toString()).isTrue();
    assertThat(result.entries()).isEqualTo(network.parameters().length() + 24);
  }

  @Test
  void leavesGradientsAndValuesAsTheyWere() {
    Network network = Network.builder(3).dense(2, tanh()).dataType(DOUBLE).build();
    INDArray values = network.parameters().values().dup();
    network.parameters().gradients().assign(5);
    GradientCheck.check(network, random(1, 2, 3));
    Near.assertNear(network.parameters().values(), values, 0);
    assertThat(Near.doubles(network.parameters().gradients())).containsOnly(5);
  }

  /** A layer whose weight gradient is changed after each backward. */
  private record Wrong(Layer inner, Consumer<INDArray> change) implements Layer {
    @Override
    public INDArray forward(INDArray x, Pass pass) {
      return inner.forward(x, pass);
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      INDArray dX = inner.backward(dY, pass);
      change.accept(parameters().get(0).gradient());
      return dX;
    }

    @Override
    public List<Parameter> parameters() {
      return inner.parameters();
    }

    @Override
    public Shape outputShape() {
      return inner.outputShape();
    }
  }

  @Test
  void aWrongGradientFailsAndIsNamed() {
    Layer wrong =
        new Wrong(
            Network.builder(3).dense(2, sigmoid()).seed(5).dataType(DOUBLE).build(),
            dW -> dW.putScalar(1, 1, dW.getDouble(1, 1) * 1.001));
    GradientCheck.Result result = GradientCheck.check(wrong, random(1, 4, 3));
    assertThat(result.passed()).isFalse();
    assertThat(result.maxError()).isBetween(0.0009, 0.0011);
    assertThat(result.worstEntry()).startsWith("parameter 0, weight[1, 1]: analytic ");
    assertThat(result.toString()).startsWith("FAILED: 20 gradients, largest error");
  }

  @Test
  void refusesFloats() {
    Network network = Network.builder(3).dense(2, tanh()).build();
    assertThatThrownBy(
            () ->
                GradientCheck.check(
                    network,
                    Losses.crossEntropy(),
                    Nd4j.create(org.nd4j.linalg.api.buffer.DataType.FLOAT, 2, 3),
                    Nd4j.create(2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GradientCheck: expected arrays of data type DOUBLE, found FLOAT; build the layer and the"
                + " input in double precision: differences of floats are too coarse");
  }

  @Test
  void aGradientThatIsNotANumberFails() {
    Layer layer =
        new Wrong(
            Network.builder(3).dense(2).seed(5).dataType(DOUBLE).build(),
            dW -> dW.putScalar(0, Double.NaN));
    GradientCheck.Result result = GradientCheck.check(layer, random(1, 4, 3));
    assertThat(result.passed()).isFalse();
    assertThat(result.worstEntry()).startsWith("parameter 0, weight[0, 0]: analytic NaN");
  }

  @Test
  void leavesTheStatisticsOfANormalizationAsTheyWere() {
    Network network = Network.builder(3).batchNormalization().dataType(DOUBLE).build();
    INDArray values = network.parameters().values().dup();
    GradientCheck.check(network, random(1, 4, 3));
    Near.assertNear(network.parameters().values(), values, 0);
  }
}
