package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Near;
import org.nn4j.ShapeMismatchException;

class RegressionMetricsTest {
  private static final INDArray Y = array(new double[][] {{1, 10}, {2, 20}, {3, 30}, {6, 20}});
  private static final INDArray A = array(new double[][] {{1, 12}, {2.5, 20}, {2, 26}, {6, 22}});

  private static INDArray array(double[][] rows) {
    return Nd4j.createFromArray(rows);
  }

  private static double value(Metric metric, INDArray predictions, INDArray targets) {
    metric.update(predictions, targets);
    return metric.value();
  }

  /**
   * By hand: the errors are 0, 2; 0.5, 0; −1, −4; 0, 2.
   *
   * <pre>
   * mean absolute error   9.5 / 8
   * mean squared error    (4 + 0.25 + 1 + 16 + 4) / 8 = 25.25 / 8
   * R² of output 1        mean 3, total 4 + 1 + 0 + 9 = 14, residual 1.25
   * R² of output 2        mean 20, total 100 + 0 + 100 + 0 = 200, residual 24
   * within 2              rows 1, 2 and 4 of 4
   * </pre>
   */
  @Test
  void agreeWithTheHand() {
    assertThat(value(Metrics.mae(), A, Y)).isEqualTo(9.5 / 8);
    assertThat(value(Metrics.mse(), A, Y)).isEqualTo(25.25 / 8);
    assertThat(value(Metrics.rSquared(), A, Y))
        .isEqualTo((1 - 1.25 / 14 + 1 - 24 / 200.0) / 2, within(1e-15));
    assertThat(value(Metrics.toleranceAccuracy(2), A, Y)).isEqualTo(0.75);
    assertThat(value(Metrics.toleranceAccuracy(0.5), A, Y)).isEqualTo(0.25);
    assertThat(value(Metrics.toleranceAccuracy(0), Y, Y)).isEqualTo(1);
  }

  static Stream<Metric> metrics() {
    return Stream.of(
        Metrics.mae(), Metrics.mse(), Metrics.rSquared(), Metrics.toleranceAccuracy(0.8));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void batchByBatchIsAllAtOnceAndResetForgets(Metric metric) {
    INDArray a = Near.random(1, 60, 3);
    INDArray y = Near.random(2, 60, 3);
    assertThat(metric.value()).isNaN();
    double atOnce = value(metric, a, y);
    metric.reset();
    assertThat(metric.value()).isNaN();
    for (int from = 0; from < 60; from += 15) {
      metric.update(
          a.get(NDArrayIndex.interval(from, from + 15), NDArrayIndex.all()),
          y.get(NDArrayIndex.interval(from, from + 15), NDArrayIndex.all()));
    }
    assertThat(metric.value()).isEqualTo(atOnce, within(1e-14));
  }

  @Test
  void agreeWithNaiveLoops() {
    INDArray a = Near.random(1, 60, 3);
    INDArray y = Near.random(2, 60, 3);
    double absolute = 0;
    double squared = 0;
    double explained = 0;
    for (int j = 0; j < 3; j++) {
      double mean = 0;
      for (int i = 0; i < 60; i++) {
        mean += y.getDouble(i, j) / 60;
      }
      double residual = 0;
      double total = 0;
      for (int i = 0; i < 60; i++) {
        double error = y.getDouble(i, j) - a.getDouble(i, j);
        absolute += Math.abs(error) / 180;
        squared += error * error / 180;
        residual += error * error;
        total += Math.pow(y.getDouble(i, j) - mean, 2);
      }
      explained += (1 - residual / total) / 3;
    }
    assertThat(value(Metrics.mae(), a, y)).isEqualTo(absolute, within(1e-13));
    assertThat(value(Metrics.mse(), a, y)).isEqualTo(squared, within(1e-13));
    assertThat(value(Metrics.rSquared(), a, y)).isEqualTo(explained, within(1e-13));
  }

  @Test
  void theDeterminationKeepsItsDigitsFarFromZero() {
    INDArray a = Near.random(1, 500, 1);
    INDArray y = Near.random(2, 500, 1);
    double near = value(Metrics.rSquared(), a, y);
    assertThat(value(Metrics.rSquared(), a.add(1e8), y.add(1e8))).isEqualTo(near, within(1e-6));
  }

  /** R² is computed beside numbers whose squares are not finite, and beside ordinary ones. */
  @Test
  void theDeterminationOfHugeNumbers() {
    INDArray y = array(new double[][] {{1}, {2}, {3}});
    double large = value(Metrics.rSquared(), array(new double[][] {{1e150}, {2}, {3}}), y);
    assertThat(large / -5e299).isEqualTo(1, within(1e-12));
    assertThat(value(Metrics.explainedVariance(), array(new double[][] {{1e150}, {2}, {3}}), y))
        .isLessThan(-1e299);
    assertThat(value(Metrics.rSquared(), array(new double[][] {{1e200}, {2}, {3}}), y))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    INDArray huge = y.mul(1e200);
    assertThat(value(Metrics.rSquared(), array(new double[][] {{3e200}, {2e200}, {1e200}}), huge))
        .isEqualTo(-3, within(1e-12));
    assertThat(value(Metrics.rSquared(), array(new double[][] {{1}, {2}, {3}}), huge))
        .isEqualTo(-6, within(1e-12));
  }

  @Test
  void theMeanExplainsNothingAndEqualTargetsFollowScikitLearn() {
    INDArray y = array(new double[][] {{1}, {2}, {3}});
    assertThat(value(Metrics.rSquared(), array(new double[][] {{2}, {2}, {2}}), y)).isZero();
    assertThat(value(Metrics.rSquared(), y, y)).isEqualTo(1);
    assertThat(value(Metrics.rSquared(), array(new double[][] {{3}, {2}, {1}}), y)).isEqualTo(-3);

    INDArray equal = array(new double[][] {{5}, {5}});
    assertThat(value(Metrics.rSquared(), equal, equal)).isEqualTo(1);
    assertThat(value(Metrics.rSquared(), array(new double[][] {{5}, {4}}), equal)).isZero();
    INDArray one = array(new double[][] {{5}});
    assertThat(value(Metrics.rSquared(), one, one)).isNaN();
  }

  @Test
  void aNaNIsNotNearAndSpoilsTheErrors() {
    INDArray a = array(new double[][] {{1, 10}, {Double.NaN, 20}, {3, 30}, {6, 20}});
    assertThat(value(Metrics.toleranceAccuracy(1), a, Y)).isEqualTo(0.75);
    assertThat(value(Metrics.mae(), a, Y)).isNaN();
    assertThat(value(Metrics.mse(), a, Y)).isNaN();
    assertThat(value(Metrics.rSquared(), a, Y)).isNaN();
    INDArray equal = array(new double[][] {{5}, {5}});
    assertThat(value(Metrics.rSquared(), array(new double[][] {{5}, {Double.NaN}}), equal)).isNaN();
  }

  @Test
  void haveNames() {
    assertThat(metrics().map(Metric::name))
        .containsExactly("mean absolute error", "mean squared error", "R2", "accuracy within 0.8");
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void refuseOtherShapes(Metric metric) {
    assertThatThrownBy(() -> metric.update(Nd4j.create(2, 3), Nd4j.create(2, 2)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            metric.name() + ": expected targets [2, 3], found [2, 2]; pass an array of that shape");
    assertThatThrownBy(() -> metric.update(Nd4j.create(2, 3, 4), Nd4j.create(2, 3, 4)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            metric.name()
                + ": expected predictions [B, out], found [2, 3, 4]; pass a matrix with one row for"
                + " each sample");
  }

  @Test
  void refuseBadArguments() {
    assertThatThrownBy(() -> Metrics.toleranceAccuracy(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ToleranceAccuracy: expected a finite tolerance of 0 or more, found NaN; pass"
                + " 0 or a number above 0");
    Metric determination = Metrics.rSquared();
    determination.update(Y, Y);
    assertThatThrownBy(() -> determination.update(Nd4j.create(2, 3), Nd4j.create(2, 3)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageStartingWith(
            "R2: expected predictions [B, 2] like those before, found [2, 3]; call reset() before"
                + " measuring another network");
  }

  @Test
  void hugeNumbersHaveTheR2OfSmallOnes() {
    double[][] y = {{1}, {-2}, {3}, {-4}};
    double[][] a = {{1.5}, {-2}, {2}, {-4.5}};
    Metric small = Metrics.rSquared();
    small.update(Nd4j.createFromArray(a), Nd4j.createFromArray(y));
    for (double unit : new double[] {1e139, 1e155, 3e307}) {
      Metric large = Metrics.rSquared();
      large.update(Nd4j.createFromArray(a).mul(unit), Nd4j.createFromArray(y).mul(unit));
      assertThat(large.value()).isCloseTo(small.value(), within(1e-12));
    }
    Metric mixed = Metrics.rSquared();
    INDArray late = Nd4j.createFromArray(new double[][] {{1}, {2}, {3e200}, {-3e200}});
    mixed.update(late, late);
    assertThat(mixed.value()).isEqualTo(1);
  }
}
