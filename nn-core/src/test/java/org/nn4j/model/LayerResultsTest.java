package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.layer.Layers;

/** What a layer returns is checked before anything reads its memory. */
class LayerResultsTest {
  /** Layer that returns whatever its functions return. */
  private record Own(
      Shape outputShape, UnaryOperator<INDArray> onForward, UnaryOperator<INDArray> onBackward)
      implements Layer {
    @Override
    public INDArray forward(INDArray x, Pass pass) {
      return onForward.apply(x);
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      return onBackward.apply(dY);
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public String toString() {
      return "Own";
    }
  }

  private static LayerSpec own(
      long outputs, UnaryOperator<INDArray> onForward, UnaryOperator<INDArray> onBackward) {
    return (input, type, random) -> new Own(Shape.of(outputs), onForward, onBackward);
  }

  @Test
  void aLayerThatReturnsLessThanItsShapeIsRefused() {
    for (long claimed : new long[] {1, 1000, 1_000_000}) {
      Network network = Network.builder(2).layer(own(claimed, x -> x, x -> x)).build();
      String message =
          "Own: expected an array [1, "
              + claimed
              + "] of FLOAT from forward, found [1, 2] of FLOAT;"
              + " return the shape of outputShape(), and the data type of the input";
      for (ThrowingCallable call :
          new ThrowingCallable[] {
            () -> network.predict(new double[][] {{1, 2}}),
            () -> Predictor.of(network).predict(new float[] {1, 2}),
            () -> Predictor.of(network).predict(new double[] {1, 2}),
            () -> PredictorPool.of(network).predict(new float[] {1, 2})
          }) {
        assertThatThrownBy(call)
            .isInstanceOf(ShapeMismatchException.class)
            .hasMessageStartingWith(message);
      }
    }
  }

  static List<UnaryOperator<INDArray>> wrong() {
    return List.of(
        x -> x.castTo(DOUBLE),
        x -> x.castTo(DataType.INT32),
        x -> Nd4j.ones(FLOAT, 2, 4),
        x -> Nd4j.ones(FLOAT, 3, 9),
        x -> Nd4j.ones(FLOAT, 12));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void everyForwardAndBackwardIsChecked(UnaryOperator<INDArray> wrong) {
    INDArray x = Nd4j.ones(FLOAT, 3, 4);
    for (Network each :
        List.of(
            Network.builder(4).layer(own(4, wrong, y -> y)).build(),
            Network.builder(4).layer(own(4, wrong, y -> y)).layer(own(4, y -> y, y -> y)).build(),
            Network.builder(4)
                .layer(Network.builder(4).layer(own(4, wrong, y -> y)).spec())
                .build())) {
      assertThatThrownBy(() -> each.forward(x, Pass.training()))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith("Own: expected an array [3, 4] of FLOAT from forward, found ");
    }
    for (LayerSpec first :
        List.of(
            own(4, y -> y, y -> y),
            Layers.dense(4, Activations.tanh()),
            Layers.dropout(0.5),
            Layers.batchNormalization(),
            Layers.flatten())) {
      Network network = Network.builder(4).layer(first).layer(own(4, y -> y, wrong)).build();
      Pass pass = Pass.training();
      network.forward(x, pass);
      assertThatThrownBy(() -> network.backward(x, pass))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageStartingWith("Own: expected an array [3, 4] of FLOAT from backward, found ")
          .hasMessageContaining("; return the shape and the data type of the input");
    }
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void everyLayerChecksItsGradient(UnaryOperator<INDArray> wrong) {
    INDArray x = Nd4j.ones(FLOAT, 3, 4);
    for (LayerSpec spec :
        List.of(
            Layers.dense(4, Activations.tanh()),
            Layers.dense(4, Activations.identity()),
            Layers.activation(Activations.tanh()),
            Layers.dropout(0.5),
            Layers.batchNormalization(),
            Layers.layerNormalization(),
            Layers.flatten())) {
      Layer layer = spec.build(Shape.of(4), FLOAT, new SeededRandom(1));
      Pass pass = Pass.training();
      layer.forward(x, pass);
      assertThatThrownBy(() -> layer.backward(wrong.apply(x), pass))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(layer + ": expected gradient ");
      assertThat(layer.backward(x, pass).shape()).containsExactly(3, 4);
    }
  }
}
