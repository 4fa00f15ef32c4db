package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Near;
import org.nn4j.SeededRandom;
import org.nn4j.ShapeMismatchException;

class ConfusionMatrixTest {
  /** Rows with a 1 at each class. */
  private static INDArray oneHot(int classes, int... indices) {
    double[][] rows = new double[indices.length][classes];
    for (int i = 0; i < indices.length; i++) {
      rows[i][indices[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  /**
   * By hand: ten samples of the classes a, b, c, d.
   *
   * <pre>
   * true \ predicted   a  b  c  d   support   recall   precision   F1
   *                a   3  1  0  0         4   3/4      3/5         6/9
   *                b   1  2  0  0         3   2/3      2/3         4/6
   *                c   1  0  2  0         3   2/3      2/2         4/5
   *                d   0  0  0  0         0   0/0 = 0  0/0 = 0     0/0 = 0
   * </pre>
   */
  private static ConfusionMatrix tenSamples() {
    ConfusionMatrix matrix = Metrics.confusionMatrix(List.of("a", "b", "c", "d"));
    matrix.update(oneHot(4, 0, 0, 0, 1, 0, 1), oneHot(4, 0, 0, 0, 0, 1, 1));
    matrix.update(oneHot(4, 1, 0, 2, 2), oneHot(4, 1, 2, 2, 2));
    return matrix;
  }

  @Test
  void countsByTrueAndPredictedClass() {
    ConfusionMatrix matrix = tenSamples();
    assertThat(matrix.count(0, 0)).isEqualTo(3);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.count(1, 0)).isEqualTo(1);
    assertThat(matrix.count(2, 0)).isEqualTo(1);
    assertThat(matrix.count(0, 2)).isZero();
    assertThat(matrix.support(0)).isEqualTo(4);
    assertThat(matrix.support(3)).isZero();
    assertThat(matrix.total()).isEqualTo(10);
    assertThat(matrix.value()).isEqualTo(0.7);
    assertThat(matrix.name()).isEqualTo("confusion matrix accuracy");
  }

  @Test
  void scoresOfEachClassAgreeWithTheHand() {
    ConfusionMatrix matrix = tenSamples();
    assertThat(matrix.precision(0)).isEqualTo(3 / 5.0);
    assertThat(matrix.precision(1)).isEqualTo(2 / 3.0);
    assertThat(matrix.precision(2)).isEqualTo(1);
    assertThat(matrix.recall(0)).isEqualTo(3 / 4.0);
    assertThat(matrix.recall(1)).isEqualTo(2 / 3.0);
    assertThat(matrix.recall(2)).isEqualTo(2 / 3.0);
    assertThat(matrix.f1(0)).isEqualTo(6 / 9.0);
    assertThat(matrix.f1(1)).isEqualTo(4 / 6.0);
    assertThat(matrix.f1(2)).isEqualTo(4 / 5.0);
  }

  @Test
  void nothingOfNothingIsZero() {
    ConfusionMatrix matrix = tenSamples();
    assertThat(matrix.precision(3)).isZero();
    assertThat(matrix.recall(3)).isZero();
    assertThat(matrix.f1(3)).isZero();
    matrix.reset();
    assertThat(matrix.value()).isNaN();
    for (Average average : Average.values()) {
      assertThat(matrix.precision(average)).isZero();
      assertThat(matrix.recall(average)).isZero();
      assertThat(matrix.f1(average)).isZero();
    }
  }

  @Test
  void averagesAgreeWithTheHand() {
    ConfusionMatrix matrix = tenSamples();
    // (3/5 + 2/3 + 1 + 0) / 4, (4 · 3/5 + 3 · 2/3 + 3 · 1) / 10, 7 of 10
    assertNear(matrix.precision(Average.MACRO), (0.6 + 2 / 3.0 + 1) / 4);
    assertNear(matrix.precision(Average.WEIGHTED), (4 * 0.6 + 2 + 3) / 10);
    assertNear(matrix.precision(Average.MICRO), 0.7);
    assertNear(matrix.recall(Average.MACRO), (0.75 + 2 / 3.0 + 2 / 3.0) / 4);
    assertNear(matrix.recall(Average.WEIGHTED), (3 + 2 + 2) / 10.0);
    assertNear(matrix.recall(Average.MICRO), 0.7);
    assertNear(matrix.f1(Average.MACRO), (2 / 3.0 + 2 / 3.0 + 0.8) / 4);
    assertNear(matrix.f1(Average.WEIGHTED), (4 * 2 / 3.0 + 3 * 2 / 3.0 + 3 * 0.8) / 10);
    assertNear(matrix.f1(Average.MICRO), 0.7);
  }

  private static void assertNear(double actual, double expected) {
    assertThat(actual).isEqualTo(expected, within(1e-15));
  }

  @Test
  void printsATable() {
    assertThat(tenSamples())
        .hasToString(
            """
            true \\ predicted  a  b  c  d
                           a  3  1  0  0
                           b  1  2  0  0
                           c  1  0  2  0
                           d  0  0  0  0
            """);
  }

  @Test
  void aNaNIsAPredictionOfNoClass() {
    ConfusionMatrix matrix = Metrics.confusionMatrix(2);
    matrix.update(
        Nd4j.createFromArray(new double[][] {{1, 0}, {Double.NaN, 0}, {0, Double.NaN}, {0, 1}}),
        oneHot(2, 0, 0, 1, 1));
    assertThat(matrix.unpredicted(0)).isEqualTo(1);
    assertThat(matrix.support(0)).isEqualTo(2);
    assertThat(matrix.value()).isEqualTo(0.5);
    assertThat(matrix.precision(0)).isEqualTo(1);
    assertThat(matrix.recall(0)).isEqualTo(0.5);
    assertThat(matrix.f1(0)).isEqualTo(2 / 3.0);
    assertThat(matrix.precision(Average.MICRO)).isEqualTo(1);
    assertThat(matrix.recall(Average.MICRO)).isEqualTo(0.5);
    assertThat(matrix)
        .hasToString(
            """
            true \\ predicted  0  1  none
                           0  1  0     1
                           1  0  1     1
            """);
  }

  @Test
  void oneOutputIsTwoClasses() {
    ConfusionMatrix matrix = Metrics.confusionMatrix(2);
    matrix.update(
        Nd4j.createFromArray(new double[][] {{0.9}, {0.5}, {0.6}}),
        Nd4j.createFromArray(new double[][] {{1}, {1}, {0}}));
    assertThat(matrix.count(1, 1)).isEqualTo(1);
    assertThat(matrix.count(1, 0)).isEqualTo(1);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
  }

  @Test
  void agreesWithANaiveLoopAndWithAccuracyBatchByBatchOrAtOnce() {
    int classes = 5;
    SeededRandom random = new SeededRandom(3);
    int[] truth = random.ints(200, 0, classes).toArray();
    INDArray predictions = Near.random(4, 200, classes);
    INDArray targets = oneHot(classes, truth);
    ConfusionMatrix atOnce = Metrics.confusionMatrix(classes);
    atOnce.update(predictions, targets);
    ConfusionMatrix inBatches = Metrics.confusionMatrix(classes);
    Metric accuracy = Metrics.accuracy();
    for (int from = 0; from < 200; from += 40) {
      INDArray some = predictions.get(NDArrayIndex.interval(from, from + 40), NDArrayIndex.all());
      inBatches.update(
          some, targets.get(NDArrayIndex.interval(from, from + 40), NDArrayIndex.all()));
    }
    accuracy.update(predictions, targets);
    int[] predicted = Predictions.classIndices(predictions);
    for (int t = 0; t < classes; t++) {
      for (int p = 0; p < classes; p++) {
        long n = 0;
        for (int i = 0; i < truth.length; i++) {
          n += truth[i] == t && predicted[i] == p ? 1 : 0;
        }
        assertThat(atOnce.count(t, p)).isEqualTo(n);
        assertThat(inBatches.count(t, p)).isEqualTo(n);
      }
    }
    assertThat(atOnce.value()).isEqualTo(accuracy.value());
  }

  @Test
  void refusesBadArguments() {
    assertThatThrownBy(() -> Metrics.confusionMatrix(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ConfusionMatrix: expected 2 or more classes, found 1; correct the argument");
    ConfusionMatrix matrix = Metrics.confusionMatrix(3);
    assertThatThrownBy(() -> matrix.update(oneHot(2, 0), oneHot(2, 0)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "confusion matrix accuracy: expected predictions [B, 3], found [1, 2]; create the matrix"
                + " with as many classes as the network has outputs");
    assertThatThrownBy(() -> matrix.update(oneHot(3, 0), oneHot(3, 0, 1)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith("confusion matrix accuracy: expected targets [1, 3], found [2, 3]");
    assertThatThrownBy(
            () ->
                matrix.update(
                    oneHot(3, 0, 0),
                    Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, Double.NaN, 0}})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "confusion matrix accuracy: expected targets with one class each, one-hot or soft"
                + " with a sum of 1, found [0.0, NaN, 0.0] in row 1 of the batch; correct or omit"
                + " this sample");
    assertThat(matrix.total()).isZero();
  }
}
