package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.ShapeMismatchException;

class AccuracyTest {
  private final Metric accuracy = Metrics.accuracy();

  @Test
  void countsRowsWhoseLargestOutputIsRight() {
    accuracy.update(
        Nd4j.createFromArray(new float[][] {{0.1f, 0.9f}, {0.6f, 0.4f}, {0.5f, 0.5f}}),
        Nd4j.createFromArray(new float[][] {{0, 1}, {0, 1}, {1, 0}}));
    assertThat(accuracy.value()).isEqualTo(2.0 / 3);
    accuracy.update(
        Nd4j.createFromArray(new float[][] {{1, 0}}), Nd4j.createFromArray(new float[][] {{1, 0}}));
    assertThat(accuracy.value()).isEqualTo(0.75);
    accuracy.reset();
    assertThat(accuracy.value()).isNaN();
    assertThat(accuracy.name()).isEqualTo("accuracy");
  }

  @Test
  void oneOutputIsAClassAboveOneHalf() {
    accuracy.update(
        Nd4j.createFromArray(new double[][] {{0.7}, {0.2}, {0.5}}),
        Nd4j.createFromArray(new double[][] {{1}, {1}, {0}}));
    assertThat(accuracy.value()).isEqualTo(2.0 / 3);
  }

  @Test
  void whatIsNotANumberIsWrong() {
    accuracy.update(
        Nd4j.createFromArray(new double[][] {{Double.NaN, 0.2}}),
        Nd4j.createFromArray(new double[][] {{1, 0}}));
    assertThat(accuracy.value()).isZero();
  }

  @Test
  void refusesTargetsOfAnotherShape() {
    assertThatThrownBy(() -> accuracy.update(Nd4j.create(2, 3), Nd4j.create(2, 2)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith("accuracy: expected targets [2, 3], found [2, 2]");
  }
}
