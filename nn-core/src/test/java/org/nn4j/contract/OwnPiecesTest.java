package org.nn4j.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Loss;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.init.Initializers;
import org.nn4j.layer.Layers;
import org.nn4j.loss.Losses;
import org.nn4j.loss.SumOrMean;
import org.nn4j.model.Network;

/** The library's own layers and losses, put through the contracts. */
class OwnPiecesTest {
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(Layers.dense(4, sigmoid(), Initializers.glorot(), Initializers.normal()), 3),
        Arguments.of(Layers.dense(1, relu(), Initializers.he(), Initializers.normal()), 1),
        Arguments.of(Layers.dense(6, softmax(), Initializers.glorot(), Initializers.zeros()), 2),
        Arguments.of(Layers.activation(tanh()), 5),
        Arguments.of(Layers.dropout(0.4), 6),
        Arguments.of(Layers.dropout(0), 2),
        Arguments.of(Layers.batchNormalization(), 4),
        Arguments.of(Layers.batchNormalization(1e-3, 1), 1),
        Arguments.of(Layers.layerNormalization(), 5),
        Arguments.of(
            Network.builder(3)
                .dense(4, tanh())
                .batchNormalization()
                .dropout(0.2)
                .layerNormalization()
                .dense(2, softmax())
                .spec(),
            3));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layersKeepTheContract(LayerSpec spec, int features) {
    LayerContract.check(spec, Shape.of(features));
  }

  @Test
  void flatteningKeepsTheContract() {
    LayerContract.check(Layers.flatten(), Shape.of(2, 3));
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Losses.squaredError(),
        Losses.meanSquaredError(),
        Losses.meanAbsoluteError(),
        Losses.absoluteError(),
        Losses.huber(),
        Losses.huber(0.1, SumOrMean.SUM),
        Losses.crossEntropy(),
        Losses.crossEntropy().withLabelSmoothing(0.1),
        Losses.crossEntropy().withClassWeights(1, 0, 2.5, 0.5).withLabelSmoothing(0.2),
        Losses.softmaxCrossEntropy(),
        Losses.softmaxCrossEntropy().withClassWeights(1, 2, 3, 4).withLabelSmoothing(0.3),
        Losses.binaryCrossEntropy(),
        Losses.sigmoidBinaryCrossEntropy(),
        Losses.sigmoidBinaryCrossEntropy(SumOrMean.SUM));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesKeepTheContract(Loss loss) {
    LossContract.check(loss);
  }

  /** A loss whose gradient is that of the sum, not of the mean. */
  /** A dense layer that breaks one rule. */
  private record WrongLayer(Layer dense, Consumer<INDArray> beforeBackward) implements Layer {
    @Override
    public INDArray forward(INDArray x, Pass pass) {
      return dense.forward(x, pass);
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      INDArray copy = dY.dup();
      beforeBackward.accept(dY);
      return dense.backward(copy, pass);
    }

    @Override
    public List<Parameter> parameters() {
      return dense.parameters();
    }

    @Override
    public Shape outputShape() {
      return dense.outputShape();
    }
  }

  @Test
  void aFailureNamesTheRule() {
    LayerSpec dense = Layers.dense(2, tanh());
    LayerSpec changesItsArgument =
        (input, type, random) -> new WrongLayer(dense.build(input, type, random), dY -> dY.muli(2));
    assertThatThrownBy(() -> LayerContract.check(changesItsArgument, Shape.of(3)))
        .hasMessageContaining("expected that forward and backward do not change their arguments; ");
    LayerSpec assigns =
        (input, type, random) -> {
          Layer layer = dense.build(input, type, random);
          return new WrongLayer(layer, dY -> layer.zeroGrad());
        };
    assertThatThrownBy(() -> LayerContract.check(assigns, Shape.of(3)))
        .hasMessageContaining("expected that backward adds to the gradients of parameters (addi)");
  }

  private record Wrong() implements Loss {
    @Override
    public void compute(
        INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
      Losses.squaredError().compute(predictions, targets, perSample, gradient);
      gradient.muli(predictions.size(0));
    }
  }

  @Test
  void aWrongLossBreaksTheContract() {
    assertThatThrownBy(() -> LossContract.check(new Wrong()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected that the gradient is that of the mean");
  }
}
