package org.nn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.assertNear;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;

class NormalizationTest {
  private static Layer batchNormalization(double momentum, long features) {
    return Layers.batchNormalization(1e-5, momentum)
        .build(Shape.of(features), DOUBLE, new SeededRandom(1));
  }

  @Test
  void normalizesEachFeatureOverTheBatchByHand() {
    // Column (1, 3): mean 2, variance 1: x^ = (-1, 1) up to epsilon; scale 2, shift 5: (3, 7).
    Layer layer = batchNormalization(0.1, 1);
    layer.parameters().get(0).value().assign(2);
    layer.parameters().get(1).value().assign(5);
    INDArray y = layer.forward(Nd4j.createFromArray(new double[][] {{1}, {3}}), Pass.training());
    assertNear(y, Nd4j.createFromArray(new double[][] {{3}, {7}}), 1e-4);
    // Running mean 0.9 · 0 + 0.1 · 2; running variance 0.9 · 1 + 0.1 · 1 · 2 / (2 - 1).
    assertThat(layer.parameters().get(2).value().getDouble(0)).isEqualTo(0.2);
    assertThat(layer.parameters().get(3).value().getDouble(0)).isEqualTo(1.1);
  }

  @Test
  void inferenceUsesTheRunningStatisticsAndLeavesThem() {
    Layer layer = batchNormalization(1, 2);
    INDArray x = random(1, 50, 2).muli(3).addi(7);
    layer.forward(x, Pass.training());
    double[] statistics = doubles(layer.parameters().get(2).value());
    INDArray one = x.getRow(4, true).dup();
    INDArray alone = layer.forward(one, Pass.inference()).dup();
    assertNear(alone, layer.forward(x, Pass.inference()).getRow(4, true).dup(), 1e-12);
    assertThat(doubles(layer.parameters().get(2).value())).containsExactly(statistics);
    Pass pass = Pass.inference();
    layer.forward(one, pass);
    INDArray dX = layer.backward(Nd4j.createFromArray(new double[][] {{1, 0}}), pass);
    double variance = layer.parameters().get(3).value().getDouble(0);
    assertThat(dX.getDouble(0)).isEqualTo(1 / Math.sqrt(variance + 1e-5));
  }

  @Test
  void frozenStatisticsAreUsedAndStay() {
    Layer layer = batchNormalization(0.5, 2);
    layer.parameters().forEach(p -> p.freeze(true));
    INDArray x = random(1, 5, 2).addi(4);
    INDArray training = layer.forward(x, Pass.training()).dup();
    assertNear(training, layer.forward(x, Pass.inference()), 0);
    assertThat(doubles(layer.parameters().get(2).value())).containsOnly(0);
  }

  @Test
  void aBatchOfOneGivesTheShiftAndKeepsTheVariance() {
    Layer layer = batchNormalization(0.5, 2);
    INDArray y = layer.forward(random(1, 1, 2), Pass.training());
    assertThat(doubles(y)).containsOnly(0);
    assertThat(doubles(layer.parameters().get(3).value())).containsOnly(1);
  }

  @Test
  void layerNormalizationGivesEachRowMeanZeroAndVarianceOne() {
    Layer layer = Layers.layerNormalization().build(Shape.of(8), DOUBLE, new SeededRandom(1));
    double[][] y = layer.forward(random(1, 4, 8).muli(9), Pass.training()).toDoubleMatrix();
    for (double[] row : y) {
      double sum = 0;
      double squares = 0;
      for (double v : row) {
        sum += v;
        squares += v * v;
      }
      assertThat(sum / 8).isBetween(-1e-12, 1e-12);
      assertThat(squares / 8).isBetween(0.999, 1.0);
    }
  }

  @Test
  void refusesBadArguments() {
    assertThatThrownBy(() -> Layers.batchNormalization(1e-5, 0))
        .hasMessage(
            "BatchNormalization: expected momentum above 0 and at most 1, found 0.0; pass a share such as 0.1");
    assertThatThrownBy(() -> Layers.batchNormalization(0, 0.1))
        .hasMessageStartingWith("BatchNormalization: expected a positive, finite epsilon");
    assertThatThrownBy(() -> Layers.layerNormalization(-1))
        .hasMessageStartingWith("LayerNormalization: expected a positive, finite epsilon");
    assertThatThrownBy(
            () -> Layers.batchNormalization().build(Shape.of(2, 2), DOUBLE, new SeededRandom(1)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "BatchNormalization: expected an input of one dimension, [n], found [2, 2]; put a Flatten"
                + " layer before it");
  }

  /** 1e20² is not a float. */
  @ParameterizedTest
  @ValueSource(doubles = {1e18, 1e20, 1e37})
  void hugeNumbersAreNormalized(double scale) {
    INDArray x = random(1, 8, 2).castTo(FLOAT);
    for (LayerSpec spec : List.of(Layers.batchNormalization(), Layers.layerNormalization())) {
      Layer layer = spec.build(Shape.of(2), FLOAT, new SeededRandom(1));
      INDArray expected = layer.forward(x.mul(1e3), Pass.training()).dup();
      assertThat(doubles(layer.forward(x.mul(scale), Pass.training())))
          .containsExactly(doubles(expected), within(1e-4));
    }
  }

  @Test
  void statisticsThatAreNotFiniteAreNotFollowed() {
    Layer layer = batchNormalization(0.5, 2);
    layer.forward(random(1, 4, 2).putScalar(0, Double.NaN), Pass.training());
    assertThat(doubles(layer.parameters().get(2).value())).containsOnly(0);
    assertThat(doubles(layer.parameters().get(3).value())).containsOnly(1);
  }
}
