package org.nn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Layer;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;

class DropoutTest {
  private static final INDArray ONES = Nd4j.ones(FLOAT, 100, 200);

  private static Layer dropout(double rate, long seed) {
    return Layers.dropout(rate).build(Shape.of(200), FLOAT, new SeededRandom(seed));
  }

  @Test
  void dropsTheShareAskedForAndScalesTheRest() {
    double[] y = doubles(dropout(0.25, 1).forward(ONES, Pass.training()));
    long dropped = Arrays.stream(y).filter(v -> v == 0).count();
    assertThat(dropped / 20_000.0).isEqualTo(0.25, within(0.01));
    assertThat(Arrays.stream(y).filter(v -> v != 0)).allMatch(v -> Math.abs(v - 1 / 0.75) < 1e-6);
    assertThat(Arrays.stream(y).sum() / y.length).isEqualTo(1, within(0.02));
  }

  @Test
  void isInactiveInInference() {
    Layer layer = dropout(0.5, 1);
    Pass pass = Pass.inference();
    assertThat(layer.forward(ONES, pass)).isSameAs(ONES);
    assertThat(layer.backward(ONES, pass)).isSameAs(ONES);
  }

  @Test
  void drawsANewMaskForEachBatchAndTheSameOnesFromTheSameSeed() {
    Pass pass = Pass.training();
    Layer layer = dropout(0.5, 1);
    double[] first = doubles(layer.forward(ONES, pass));
    double[] second = doubles(layer.forward(ONES, pass));
    assertThat(second).isNotEqualTo(first);
    Pass again = Pass.training();
    Layer same = dropout(0.5, 1);
    assertThat(doubles(same.forward(ONES, again))).containsExactly(first);
    assertThat(doubles(same.forward(ONES, again))).containsExactly(second);
    assertThat(doubles(dropout(0.5, 2).forward(ONES, Pass.training()))).isNotEqualTo(first);
  }

  @Test
  void dropsWhereTheUniformNumberOfItsStreamIsBelowTheRate() {
    for (double rate : new double[] {0, 0.25, 0.3, 1 - 1e-9}) {
      Dropout layer = (Dropout) dropout(rate, 3);
      SeededRandom stream = new SeededRandom(layer.seed());
      for (double y : doubles(layer.forward(ONES, Pass.training()))) {
        assertThat(y == 0).isEqualTo(stream.nextDouble() < rate);
      }
    }
  }

  @Test
  void gradientsPassWhereNumbersPassed() {
    Layer layer = dropout(0.5, 1);
    Pass pass = Pass.training();
    double[] y = doubles(layer.forward(ONES, pass));
    assertThat(doubles(layer.backward(ONES, pass))).containsExactly(y);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1, Double.NaN})
  void refusesARateThatIsNone(double rate) {
    assertThatThrownBy(() -> Layers.dropout(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Dropout: expected a rate in [0, 1), found " + rate + "; pass 0 or a fraction below 1");
  }
}
