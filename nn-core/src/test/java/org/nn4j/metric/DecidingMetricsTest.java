package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.ShapeMismatchException;

/** Beside {@link MetricReferenceTest}: NaN, refusals, names, tables and thresholds. */
class DecidingMetricsTest {
  private static INDArray column(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  private static INDArray rows(double[]... rows) {
    return Nd4j.createFromArray(rows);
  }

  private static <M extends Metric> M of(M metric, INDArray predictions, INDArray targets) {
    metric.update(predictions, targets);
    return metric;
  }

  @Test
  void theAreasByHand() {
    // Pairs of class 1 (0.9, 0.4, 0.4) and class 0 (0.4, 0.1): above 1, 1; equal 1, 1; above 1, 1.
    // 4 above and 2 equal of 6: (4 + 1) / 6. Cuts: 0.9: P 1/1, R 1/3; 0.4: P 3/4, R 1; 0.1: no
    // gain.
    INDArray p = column(0.9, 0.4, 0.4, 0.4, 0.1);
    INDArray y = column(1, 1, 0, 1, 0);
    assertThat(of(Metrics.rocAuc(), p, y).value()).isEqualTo(5.0 / 6, within(1e-15));
    assertThat(of(Metrics.averagePrecision(), p, y).value())
        .isEqualTo(1.0 / 3 + 2.0 / 3 * 3 / 4, within(1e-15));
    // Two outputs: that of class 1 counts, whatever the other is.
    INDArray two = Nd4j.hstack(column(5, 4, 3, 2, 1), p);
    INDArray classes = Nd4j.hstack(y.rsub(1), y);
    assertThat(of(Metrics.rocAuc(), two, classes).value()).isEqualTo(5.0 / 6, within(1e-15));
    assertThat(of(Metrics.rocAuc(), two, classes.mul(2).sub(1)).value())
        .as("targets -1 and 1")
        .isEqualTo(5.0 / 6, within(1e-15));
    assertThat(of(Metrics.rocAuc(), column(-0.0, 0.0), column(1, 0)).value()).isEqualTo(0.5);
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(of(Metrics.rocAuc(), column(infinite, -infinite), column(1, 0)).value()).isOne();
  }

  @Test
  void probabilitiesOfTwoClassesCountOnce() {
    INDArray p = rows(new double[] {0.2, 0.8}, new double[] {0.6, 0.4});
    INDArray y = rows(new double[] {0, 1}, new double[] {0, 1});
    double once = (0.2 * 0.2 + 0.6 * 0.6) / 2;
    assertThat(of(Metrics.brierScore(), p, y).value()).isEqualTo(once, within(1e-15));
    INDArray ofClass1 = column(0.8, 0.4);
    assertThat(of(Metrics.brierScore(), ofClass1, column(1, 1)).value())
        .isEqualTo(once, within(1e-15));
  }

  @Test
  void theLogLossDividesByTheRoundedSum() {
    INDArray p = rows(new double[] {0.25, 0.75 + 0x1p-20});
    assertThat(of(Metrics.logLoss(), p, rows(new double[] {1, 0})).value())
        .isEqualTo(-Math.log(0.25 / (1 + 0x1p-20)), within(1e-15));
  }

  @Test
  void aPredictionThatIsNaN() {
    INDArray p = column(0.9, Double.NaN, 0.2);
    INDArray y = column(1, 1, 0);
    for (Metric metric :
        List.of(
            Metrics.rocAuc(),
            Metrics.rocAuc(Average.MICRO),
            Metrics.averagePrecision(),
            Metrics.logLoss(),
            Metrics.brierScore(),
            Metrics.calibrationError(),
            Metrics.thresholds(),
            Metrics.mape(),
            Metrics.explainedVariance())) {
      assertThat(of(metric, p, y).value()).as(metric.name()).isNaN();
      metric.reset();
      assertThat(of(metric, column(0.9, 0.1), column(1, 0)).value())
          .as(metric.name() + " after reset")
          .isFinite();
    }
    // It is wrong, as for the accuracy.
    assertThat(of(Metrics.balancedAccuracy(), p, y).value()).isEqualTo((0.5 + 1) / 2);
    // N 3, correct 2, predicted 1, 1 (and 1 without class), support 1, 2.
    assertThat(of(Metrics.cohensKappa(), p, y).value())
        .isEqualTo((2 / 3.0 - 3 / 9.0) / (1 - 3 / 9.0), within(1e-15));
    assertThat(of(Metrics.mcc(), p, y).value())
        .isEqualTo((3 * 2 - 3) / Math.sqrt((9 - 5) * (9 - 3)), within(1e-15));
  }

  @Test
  void probabilitiesAreRequired() {
    for (Metric metric :
        List.of(Metrics.logLoss(), Metrics.brierScore(), Metrics.calibrationError())) {
      assertThatThrownBy(() -> metric.update(column(0.5, 3), column(1, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              metric.name()
                  + ": expected a probability from 0 to 1, found [3.0] in row 1 of the batch; end"
                  + " the network in sigmoid()");
      assertThatThrownBy(
              () -> metric.update(rows(new double[] {0.5, 0.9}), rows(new double[] {1, 0})))
          .hasMessage(
              metric.name()
                  + ": expected probabilities from 0 to 1 that sum to 1, found [0.5, 0.9] in row 0"
                  + " of the batch; end the network in softmax()");
      assertThatThrownBy(() -> metric.update(column(0.5), column(0.3)))
          .hasMessageContaining("expected targets 0 or 1");
      assertThat(metric.value()).isNaN();
    }
  }

  @Test
  void shapesAndTargetsAreChecked() {
    INDArray three = Nd4j.ones(DataType.DOUBLE, 2, 3).div(3);
    INDArray targets = rows(new double[] {1, 0, 0}, new double[] {0, 0, 1});
    for (Metric metric :
        List.of(Metrics.rocAuc(), Metrics.averagePrecision(), Metrics.thresholds())) {
      assertThatThrownBy(() -> metric.update(three, targets))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessage(
              metric.name()
                  + ": expected predictions [B, 1] or [B, 2] of two classes, found [2, 3]; measure"
                  + " rocAuc(Average) or averagePrecision(Average) of several classes; see"
                  + " docs/troubleshooting.md#shape-mismatch");
    }
    Metric macro = of(Metrics.rocAuc(Average.MACRO), three, targets);
    assertThatThrownBy(() -> macro.update(column(0.5), column(1)))
        .hasMessage(
            "macro ROC AUC: expected predictions [B, 3] like those before, found [1, 1]; call"
                + " reset() before measuring another network; see docs/troubleshooting.md#shape-mismatch");
    macro.reset();
    INDArray soft = rows(new double[] {0.7, 0.2, 0.1}, new double[] {0.1, 0.6, 0.3});
    INDArray last = rows(new double[] {0, 0.5, 0.5}, new double[] {0, 0, 1});
    assertThat(of(macro, Nd4j.vstack(soft, last), Nd4j.vstack(soft, last)).value())
        .as("soft targets count as those of their class")
        .isEqualTo((1 + 1 + 1) / 3.0);
  }

  @Test
  void otherNumbersOfClassesNeedAReset() {
    INDArray three = Nd4j.ones(DataType.DOUBLE, 1, 3).div(3);
    Metric kappa = of(Metrics.cohensKappa(), column(0.7), column(1));
    assertThatThrownBy(() -> kappa.update(three, rows(new double[] {1, 0, 0})))
        .hasMessage(
            "Cohen's kappa: expected predictions of 2 classes like those before, found [1, 3]; call"
                + " reset() before measuring another network; see docs/troubleshooting.md#shape-mismatch");
    assertThatThrownBy(() -> Metrics.mcc().update(three, three.mul(2)))
        .hasMessageStartingWith("Matthews correlation: expected targets with one class each");
  }

  @Test
  void theReliabilityTable() {
    CalibrationError error =
        of(Metrics.calibrationError(4), column(0, 0.25, 0.3, 0.9, 0.7), column(0, 1, 0, 1, 1));
    assertThat(error.bins())
        .containsExactly(
            new CalibrationError.Bin(0, 0.25, 2, 0.125, 0.5),
            new CalibrationError.Bin(0.25, 0.5, 1, 0.3, 0),
            new CalibrationError.Bin(0.5, 0.75, 1, 0.7, 1),
            new CalibrationError.Bin(0.75, 1, 1, 0.9, 1));
    assertThat(error.value()).isEqualTo((2 * 0.375 + 0.3 + 0.3 + 0.1) / 5, within(1e-15));
    assertThat(error)
        .hasToString(
            """
                probability   count    mean  events
            (0.000, 0.250]       2  0.1250  0.5000
            (0.250, 0.500]       1  0.3000  0.0000
            (0.500, 0.750]       1  0.7000  1.0000
            (0.750, 1.000]       1  0.9000  1.0000
            """);
    error.reset();
    assertThat(error.bins()).allMatch(bin -> bin.count() == 0 && Double.isNaN(bin.shareOfEvents()));
    assertThatThrownBy(() -> Metrics.calibrationError(0))
        .hasMessage(
            "CalibrationError: expected a positive number of bins, found 0; pass 1 or more");
  }

  @Test
  void thresholdsOfAnyBetaAndAnyCosts() {
    Thresholds thresholds =
        of(Metrics.thresholds(), column(0.9, 0.8, 0.6, 0.6, 0.2, 0.1), column(1, 0, 1, 0, 1, 0));
    Thresholds.Choice recall = thresholds.forFBeta(100);
    Thresholds.Choice precision = thresholds.forFBeta(0.01);
    for (double beta : new double[] {1e10, 1e154, 1e200, Double.MAX_VALUE}) {
      assertThat(thresholds.forFBeta(beta)).isEqualTo(recall);
      assertThat(thresholds.forFBeta(1 / beta)).isEqualTo(precision);
    }
    Thresholds.Choice equal = thresholds.forCost(1, 1);
    for (double cost : new double[] {Double.MIN_VALUE, 1e-300, 1e308, Double.MAX_VALUE}) {
      assertThat(thresholds.forCost(cost, cost)).isEqualTo(equal);
    }
  }

  /** Scores 0.9 (1), 0.8 (0), 0.6 (1), 0.6 (0), 0.2 (1), 0.1 (0). */
  @Test
  void thresholdsByHand() {
    Thresholds thresholds =
        of(Metrics.thresholds(), column(0.9, 0.8, 0.6, 0.6, 0.2, 0.1), column(1, 0, 1, 0, 1, 0));
    // TP, FP: 0, 0; 1, 0; 1, 1; 2, 2; 3, 2; 3, 3. F1: 0; 1/2; 2/5; 4/7; 6/8; 6/9.
    Thresholds.Choice best = thresholds.forFBeta(1);
    assertThat(best).isEqualTo(new Thresholds.Choice(0.2 / 2 + 0.1 / 2, 3, 2, 0, 1));
    assertThat(best.fBeta(1)).isEqualTo(0.75);
    assertThat(best)
        .hasToString(
            "threshold "
                + best.value()
                + " (precision 0.6000, recall 1.0000, TP 3, FP 2, FN 0, TN 1)");
    assertThat(thresholds.forFBeta(0.1).truePositives()).isEqualTo(1);
    // A false positive costs more than all false negatives: never above the largest score.
    assertThat(thresholds.forCost(10, 1)).isEqualTo(thresholds.forFBeta(0.01));
    assertThat(thresholds.forCost(10, 0)).isEqualTo(new Thresholds.Choice(0.9, 0, 0, 3, 3));
    Thresholds.Choice all = thresholds.forCost(0, 1);
    assertThat(all.falseNegatives()).isZero();
    assertThat(thresholds.forRecall(0.5).precision()).isEqualTo(3 / 5.0);
    assertThat(thresholds.forRecall(0.3).value()).isEqualTo(0.8 / 2 + 0.9 / 2);
    // Each threshold predicts what it states, by the rule of MultiLabel.
    for (Thresholds.Choice choice : List.of(best, all, thresholds.forRecall(1))) {
      long above =
          Stream.of(0.9, 0.8, 0.6, 0.6, 0.2, 0.1).filter(score -> score > choice.value()).count();
      assertThat(above).isEqualTo(choice.truePositives() + choice.falsePositives());
    }
  }

  @Test
  void thresholdsBetweenNeighborsAndWithoutOthers() {
    double low = 0.5;
    double high = Math.nextUp(low);
    Thresholds near = of(Metrics.thresholds(), column(high, low), column(1, 0));
    assertThat(near.forFBeta(1)).isEqualTo(new Thresholds.Choice(low, 1, 0, 0, 1));
    Thresholds equal = of(Metrics.thresholds(), column(0.5, 0.5), column(1, 0));
    assertThat(equal.forFBeta(1).value()).isEqualTo(Math.nextDown(0.5));
    assertThat(equal.value()).isEqualTo(2 / 3.0);
    assertThat(of(Metrics.thresholds(), column(0.5), column(0)).value()).isZero();
  }

  @Test
  void thresholdsThatAreNotDefinedAreRefused() {
    Thresholds none = of(Metrics.thresholds(), column(0.5, 0.4), column(0, 0));
    assertThatThrownBy(() -> none.forFBeta(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Thresholds: expected at least one sample of class 1, found none; evaluate on data of"
                + " both classes");
    Thresholds nan = of(Metrics.thresholds(), column(Double.NaN, 0.4), column(1, 0));
    assertThatThrownBy(() -> nan.forCost(1, 1))
        .hasMessage(
            "Thresholds: expected finite scores, found NaN or infinite ones; train again, with a"
                + " smaller learning rate");
    assertThatThrownBy(() -> none.forRecall(0))
        .hasMessageStartingWith("Thresholds: expected a recall above 0, at most 1, found 0.0");
    assertThatThrownBy(() -> none.forCost(-1, 1))
        .hasMessageStartingWith(
            "Thresholds: expected a finite cost of a false positive of 0 or more");
    assertThatThrownBy(() -> none.forFBeta(0)).hasMessageStartingWith("Thresholds: expected");
  }

  @Test
  void names() {
    assertThat(
            Stream.of(
                    Metrics.rocAuc(),
                    Metrics.rocAuc(Average.WEIGHTED),
                    Metrics.averagePrecision(Average.MICRO),
                    Metrics.logLoss(),
                    Metrics.brierScore(),
                    Metrics.calibrationError(),
                    Metrics.cohensKappa(),
                    Metrics.mcc(),
                    Metrics.balancedAccuracy(),
                    Metrics.mape(),
                    Metrics.explainedVariance(),
                    Metrics.thresholds())
                .map(Metric::name))
        .containsExactly(
            "ROC AUC",
            "weighted ROC AUC",
            "micro average precision",
            "log loss",
            "Brier score",
            "expected calibration error",
            "Cohen's kappa",
            "Matthews correlation",
            "balanced accuracy",
            "mean absolute percentage error",
            "explained variance",
            "best F1");
  }
}
