package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.metric.Metrics.binaryAccuracy;
import static org.nn4j.metric.Metrics.exactMatchRatio;
import static org.nn4j.metric.Metrics.f1Score;
import static org.nn4j.metric.Metrics.hammingLoss;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Near;
import org.nn4j.ShapeMismatchException;
import org.nn4j.docs.Maths;

class MultiLabelTest {
  private static final INDArray TARGETS =
      Nd4j.createFromArray(new double[][] {{1, 0, 1, 0}, {0, 1, 1, 0}, {1, 0, 0, 0}, {1, 1, 0, 0}});
  private static final INDArray PREDICTIONS =
      Nd4j.createFromArray(
          new double[][] {
            {0.9, 0.2, 0.8, 0.1}, {0.6, 0.7, 0.5, 0.0}, {0.4, 0.1, 0.2, 0.3}, {0.51, 0.9, 0.6, 0.2}
          });

  private static double of(Metric metric, INDArray predictions, INDArray targets) {
    metric.update(predictions, targets);
    return metric.value();
  }

  @Test
  void byHand() {
    // Predicted: 1010, 1100, 0000, 1110. Exact: the first alone.
    // Wrong: row 2 labels 1 and 3 (0.5 is not above 0.5), row 3 label 1, row 4 label 3: 4 of 16.
    // Label 1: TP 2, FP 1, FN 1. Label 2: TP 2. Label 3: TP 1, FP 1, FN 1. Label 4: nothing.
    assertThat(of(exactMatchRatio(), PREDICTIONS, TARGETS)).isEqualTo(0.25);
    assertThat(of(hammingLoss(), PREDICTIONS, TARGETS)).isEqualTo(0.25);
    assertThat(of(binaryAccuracy(), PREDICTIONS, TARGETS)).isEqualTo(0.75);
    double first = 4.0 / 6;
    double third = 2.0 / 4;
    assertThat(of(f1Score(Average.MICRO), PREDICTIONS, TARGETS)).isEqualTo(10.0 / 14);
    assertThat(of(f1Score(Average.MACRO), PREDICTIONS, TARGETS))
        .as("the label without a positive counts as 0")
        .isEqualTo((first + 1 + third + 0) / 4, within(1e-15));
    assertThat(of(f1Score(Average.WEIGHTED), PREDICTIONS, TARGETS))
        .isEqualTo((3 * first + 2 * 1 + 2 * third) / 7, within(1e-15));
  }

  @Test
  @Maths({
    "(M85) pᵢⱼ = 1 where aᵢⱼ > 0.5, else 0",
    "(M86) exact match ratio = (1 / N) |{i : pᵢⱼ = yᵢⱼ for every j}|",
    "(M87) Hamming loss = (1 / (N K)) |{(i, j) : pᵢⱼ ≠ yᵢⱼ}|",
    "(M88) F1ⱼ = 2 Σᵢ pᵢⱼ yᵢⱼ / (Σᵢ pᵢⱼ + Σᵢ yᵢⱼ)",
    "(M89) macro F1 = (1 / K) Σⱼ F1ⱼ",
    "(M90) micro F1 = 2 Σᵢⱼ pᵢⱼ yᵢⱼ / (Σᵢⱼ pᵢⱼ + Σᵢⱼ yᵢⱼ)"
  })
  void agreesWithTheEquationsBatchByBatchOrAtOnce() {
    int n = 60;
    int k = 5;
    double[][] a = Near.random(1, n, k).addi(0.4).toDoubleMatrix();
    double[][] y = Near.random(2, n, k).gt(0.3).castTo(DataType.DOUBLE).toDoubleMatrix();
    double exact = 0;
    double wrong = 0;
    double[] both = new double[k];
    double[] sum = new double[k];
    for (int i = 0; i < n; i++) {
      boolean all = true;
      for (int j = 0; j < k; j++) {
        double p = a[i][j] > 0.5 ? 1 : 0;
        all &= p == y[i][j];
        wrong += p != y[i][j] ? 1 : 0;
        both[j] += p * y[i][j];
        sum[j] += p + y[i][j];
      }
      exact += all ? 1 : 0;
    }
    double macro = 0;
    double allBoth = 0;
    double allSum = 0;
    for (int j = 0; j < k; j++) {
      macro += 2 * both[j] / sum[j] / k;
      allBoth += both[j];
      allSum += sum[j];
    }
    assertBothWays(exactMatchRatio(), a, y, exact / n);
    assertBothWays(hammingLoss(), a, y, wrong / (n * k));
    assertBothWays(binaryAccuracy(), a, y, 1 - wrong / (n * k));
    assertBothWays(f1Score(Average.MACRO), a, y, macro);
    assertBothWays(f1Score(Average.MICRO), a, y, 2 * allBoth / allSum);
  }

  private static void assertBothWays(Metric metric, double[][] a, double[][] y, double expected) {
    assertThat(of(metric, Nd4j.createFromArray(a), Nd4j.createFromArray(y)))
        .as(metric.name())
        .isEqualTo(expected, within(1e-14));
    metric.reset();
    for (int i = 0; i < a.length; i++) {
      metric.update(
          Nd4j.createFromArray(new double[][] {a[i]}).castTo(DataType.FLOAT),
          Nd4j.createFromArray(new double[][] {y[i]}).castTo(DataType.FLOAT));
    }
    assertThat(metric.value()).isEqualTo(expected, within(1e-14));
  }

  @Test
  void undefinedScoresAreZeroAndNoSampleIsNaN() {
    INDArray none = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    for (Average average : Average.values()) {
      assertThat(of(f1Score(average), none, none)).as(average.toString()).isZero();
    }
    assertThat(of(exactMatchRatio(), none, none)).isEqualTo(1);
    assertThat(of(hammingLoss(), none, none)).isZero();
    for (MultiLabel metric :
        List.of(exactMatchRatio(), hammingLoss(), binaryAccuracy(), f1Score(Average.MICRO))) {
      assertThat(metric.value()).isNaN();
      of(metric, none, none);
      metric.reset();
      assertThat(metric.value()).isNaN();
      metric.update(TARGETS, TARGETS); // another number of labels after a reset
      assertThat(metric.value()).isEqualTo(metric.name().equals("Hamming loss") ? 0 : 1);
    }
  }

  @Test
  void whatIsNotANumberIsWrong() {
    INDArray nan = Nd4j.valueArrayOf(new long[] {4, 4}, Double.NaN, DataType.DOUBLE);
    assertThat(of(binaryAccuracy(), nan, TARGETS)).isZero();
    assertThat(of(hammingLoss(), nan, TARGETS)).isEqualTo(1);
    assertThat(of(exactMatchRatio(), nan, TARGETS)).isZero();
    assertThat(of(f1Score(Average.MACRO), nan, TARGETS)).isZero();
  }

  @Test
  void logitsHaveAThresholdOfZero() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{0.3, -0.1}});
    INDArray targets = Nd4j.createFromArray(new double[][] {{1, 0}});
    assertThat(of(exactMatchRatio(), logits, targets)).isZero();
    assertThat(of(exactMatchRatio().threshold(0), logits, targets)).isEqualTo(1);
    assertThatThrownBy(() -> exactMatchRatio().threshold(Double.NaN))
        .hasMessage(
            "exact match ratio: expected a finite threshold, found NaN; check how it is computed");
  }

  @Test
  void namesAndRefusals() {
    assertThat(f1Score(Average.MACRO).name()).isEqualTo("macro F1");
    assertThat(f1Score(Average.MICRO).name()).isEqualTo("micro F1");
    assertThat(binaryAccuracy().name()).isEqualTo("binary accuracy");
    MultiLabel metric = hammingLoss();
    assertThatThrownBy(() -> metric.update(TARGETS, TARGETS.mul(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Hamming loss: expected targets 0 or 1, found 0.5 in row 0, column 0 of the batch; pass"
                + " 1 for each label that a sample has and 0 for the others");
    assertThatThrownBy(() -> metric.update(TARGETS, Nd4j.create(DataType.DOUBLE, 4, 3)))
        .isInstanceOf(ShapeMismatchException.class);
    assertThat(metric.value()).isNaN();
    metric.update(TARGETS, TARGETS);
    INDArray narrow = Nd4j.zeros(DataType.DOUBLE, 1, 3);
    assertThatThrownBy(() -> metric.update(narrow, narrow))
        .hasMessageStartingWith(
            "Hamming loss: expected predictions [B, 4] like those before, found [1, 3]; call"
                + " reset()");
  }
}
