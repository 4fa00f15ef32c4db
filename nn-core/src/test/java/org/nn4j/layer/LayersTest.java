package org.nn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Near;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.init.Initializers;
import org.nn4j.internal.SizedSpec;

class LayersTest {
  private static Layer build(LayerSpec spec, long... input) {
    return spec.build(Shape.of(input), FLOAT, new SeededRandom(1));
  }

  static Stream<LayerSpec> recipes() {
    return Stream.of(
        Layers.dense(4),
        Layers.activation(relu()),
        Layers.flatten(),
        Layers.dropout(0.2),
        Layers.batchNormalization(),
        Layers.layerNormalization());
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theSizeOfARecipeIsThatOfItsLayer(LayerSpec spec) {
    SizedSpec.Size size = ((SizedSpec) spec).size(Shape.of(3));
    Layer layer = build(spec, 3);
    long parameters = layer.parameters().stream().mapToLong(p -> p.value().length()).sum();
    assertThat(size).isEqualTo(new SizedSpec.Size(parameters, layer.outputShape()));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aGradientOfAnotherShapeOrTypeIsRefused(LayerSpec spec) {
    Layer layer = build(spec, 3);
    Pass pass = Pass.training();
    INDArray y = layer.forward(Near.random(1, FLOAT, 2, 3), pass);
    String refused = layer + ": expected gradient ";
    assertThatThrownBy(() -> layer.backward(y.reshape(1, y.length()), pass))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(refused + Arrays.toString(y.shape()));
    assertThatThrownBy(() -> layer.backward(y.castTo(DOUBLE), pass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found DOUBLE");
  }

  @Test
  void recipesAndLayersPrintThemselves() {
    assertThat(recipes().map(Object::toString))
        .containsExactly(
            "Dense(4, identity)",
            "Activation(relu)",
            "Flatten",
            "Dropout(0.2)",
            "BatchNormalization",
            "LayerNormalization");
    assertThat(recipes().map(spec -> build(spec, 3).toString()))
        .containsExactly(
            "Dense(3 -> 4, identity)",
            "Activation(relu)",
            "Flatten",
            "Dropout(0.2)",
            "BatchNormalization(3)",
            "LayerNormalization(3)");
  }

  @Test
  void aDenseLayerOfOtherInputsHasNoSize() {
    assertThat(((SizedSpec) Layers.dense(4)).size(Shape.of(3, 3))).isNull();
  }

  @Test
  void denseStartsFromTheDefaultOfItsActivation() {
    assertThat(Layers.dense(4))
        .isEqualTo(Layers.dense(4, identity(), Initializers.glorot(), Initializers.zeros()))
        .hasToString("Dense(4, identity)");
    assertThat(Layers.dense(4, relu()))
        .isEqualTo(Layers.dense(4, relu(), Initializers.he(), Initializers.zeros()));
  }

  @Test
  void normalizationsHaveTheSettingsOfTheirRecipe() {
    BatchNormalization batch = (BatchNormalization) build(Layers.batchNormalization(1e-3, 0.2), 3);
    assertThat(batch.epsilon()).isEqualTo(1e-3);
    assertThat(batch.momentum()).isEqualTo(0.2);
    assertThat(batch.parameters().stream().map(Parameter::name))
        .containsExactly("scale", "shift", "running_mean", "running_variance");
    assertThat(Layers.batchNormalization()).isEqualTo(Layers.batchNormalization(1e-5, 0.1));
    assertThat(Layers.layerNormalization()).isEqualTo(Layers.layerNormalization(1e-5));
    assertThatThrownBy(() -> build(Layers.layerNormalization(), 2, 3))
        .hasMessageStartingWith(
            "LayerNormalization: expected an input of one dimension, [n], found [2, 3]; put a"
                + " Flatten layer before it");
  }
}
