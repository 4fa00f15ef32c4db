package org.nn4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.Reference;

/** Values of scikit-learn, computed by metrics.py. What it refuses is NaN. */
class MetricReferenceTest {
  static Stream<Reference> cases() {
    return Reference.cases("metrics.json").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithScikitLearn(Reference data) {
    INDArray predictions = data.array("predictions", DataType.DOUBLE);
    INDArray targets = data.array("targets", DataType.DOUBLE);
    data.json()
        .getAsJsonArray("values")
        .forEach(
            element -> {
              JsonObject value = element.getAsJsonObject();
              Metric metric = metric(value);
              assertThat(metric.value()).as("%s without a sample", metric.name()).isNaN();
              metric.update(predictions, targets);
              check(metric, value);
              metric.reset();
              assertThat(metric.value()).as("%s after reset", metric.name()).isNaN();
              for (long i = 0; i < predictions.size(0); i++) {
                metric.update(row(predictions, i), row(targets, i));
              }
              check(metric, value);
            });
  }

  private static INDArray row(INDArray array, long i) {
    return array.get(NDArrayIndex.interval(i, i + 1), NDArrayIndex.all()).dup();
  }

  private static Metric metric(JsonObject value) {
    String name = value.get("metric").getAsString();
    Average average =
        value.has("average")
            ? Average.valueOf(value.get("average").getAsString().toUpperCase(Locale.ROOT))
            : null;
    return switch (name) {
      case "rocAuc" -> average == null ? Metrics.rocAuc() : Metrics.rocAuc(average);
      case "averagePrecision" ->
          average == null ? Metrics.averagePrecision() : Metrics.averagePrecision(average);
      case "logLoss" -> Metrics.logLoss();
      case "brierScore" -> Metrics.brierScore();
      case "calibrationError" -> Metrics.calibrationError(value.get("bins").getAsInt());
      case "cohensKappa" -> Metrics.cohensKappa();
      case "mcc" -> Metrics.mcc();
      case "balancedAccuracy" -> Metrics.balancedAccuracy();
      case "mape" -> Metrics.mape();
      case "explainedVariance" -> Metrics.explainedVariance();
      case "rSquared" -> Metrics.rSquared();
      case "fBeta", "precisionAtRecall", "cost" -> Metrics.thresholds();
      default -> throw new AssertionError(name);
    };
  }

  private static double measured(Metric metric, JsonObject value) {
    if (!(metric instanceof Thresholds thresholds)) {
      return metric.value();
    }
    return switch (value.get("metric").getAsString()) {
      case "fBeta" -> {
        double beta = value.get("beta").getAsDouble();
        double best = thresholds.forFBeta(beta).fBeta(beta);
        if (beta == 1) {
          assertThat(metric.value()).isEqualTo(best, within(1e-15));
        }
        yield best;
      }
      case "cost" -> {
        double fp = value.get("fp").getAsDouble();
        double fn = value.get("fn").getAsDouble();
        Thresholds.Choice choice = thresholds.forCost(fp, fn);
        yield fp * choice.falsePositives() + fn * choice.falseNegatives();
      }
      default -> thresholds.forRecall(value.get("recall").getAsDouble()).precision();
    };
  }

  private static void check(Metric metric, JsonObject value) {
    double found = measured(metric, value);
    if (value.getAsJsonPrimitive("value").isNumber()) {
      double expected = value.get("value").getAsDouble();
      assertThat(found)
          .as(value.toString())
          .isEqualTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    } else {
      assertThat(found).as(value.toString()).isNaN();
    }
  }
}
