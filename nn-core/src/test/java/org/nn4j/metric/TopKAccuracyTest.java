package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.ShapeMismatchException;

class TopKAccuracyTest {
  @Test
  void countsRowsWhoseClassIsAmongTheFirst() {
    INDArray predictions =
        Nd4j.createFromArray(
            new double[][] {{0.5, 0.3, 0.2}, {0.5, 0.3, 0.2}, {0.5, 0.3, 0.2}, {0.4, 0.3, 0.3}});
    INDArray targets =
        Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}});
    Metric two = Metrics.topKAccuracy(2);
    assertThat(two.value()).isNaN();
    two.update(predictions, targets);
    assertThat(two.value()).isEqualTo(0.5);
    two.reset();
    assertThat(two.value()).isNaN();
    assertThat(two.name()).isEqualTo("top-2 accuracy");
    Metric three = Metrics.topKAccuracy(3);
    three.update(predictions, targets);
    assertThat(three.value()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void agreesWithCountingTheLargerOutputs(int k) {
    INDArray predictions = Near.random(1, 100, 10);
    INDArray targets = Predictions.oneHot(Near.random(2, 100, 10));
    double right = 0;
    for (int i = 0; i < 100; i++) {
      int target = Predictions.classIndices(targets)[i];
      int larger = 0;
      for (int j = 0; j < 10; j++) {
        larger += predictions.getDouble(i, j) > predictions.getDouble(i, target) ? 1 : 0;
      }
      right += larger < k ? 1 : 0;
    }
    Metric metric = Metrics.topKAccuracy(k);
    metric.update(predictions, targets);
    assertThat(metric.value()).isEqualTo(right / 100);
    if (k == 1) {
      Metric accuracy = Metrics.accuracy();
      accuracy.update(predictions, targets);
      assertThat(metric.value()).isEqualTo(accuracy.value());
    }
  }

  @Test
  void aRowWithNaNIsWrong() {
    Metric two = Metrics.topKAccuracy(2);
    two.update(
        Nd4j.createFromArray(new double[][] {{1, Double.NaN}}),
        Nd4j.createFromArray(new double[][] {{1, 0}}));
    assertThat(two.value()).isZero();
  }

  @Test
  void refusesBadArguments() {
    assertThatThrownBy(() -> Metrics.topKAccuracy(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("TopKAccuracy: expected a positive k, found 0; pass 1 or more");
    assertThatThrownBy(() -> Metrics.topKAccuracy(5).update(Nd4j.create(2, 3), Nd4j.create(2, 3)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "top-5 accuracy: expected predictions [B, classes] with 5 or more classes, found [2, 3];"
                + " choose a smaller k, or accuracy() for one output");
  }
}
