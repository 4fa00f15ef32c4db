package org.nn4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ShapeMismatchException;

/**
 * Score of the order of outputs: of class 1 against class 0, or of each class against the others.
 * Logits and probabilities have the same score. Memory grows with the samples, see {@link
 * RankedScores}. Not thread-safe.
 */
final class RankingMetric implements Metric {
  private final String name;
  private final @Nullable Average average;
  private final ToDoubleFunction<RankedScores> score;
  private List<RankedScores> columns = List.of();
  private RankedScores together = new RankedScores();

  private RankingMetric(
      String name, @Nullable Average average, ToDoubleFunction<RankedScores> score) {
    this.name = average == null ? name : average.name().toLowerCase(Locale.ROOT) + " " + name;
    this.average = average;
    this.score = score;
  }

  static Metric rocAuc(@Nullable Average average) {
    return new RankingMetric("ROC AUC", average, RankedScores::rocAuc);
  }

  static Metric averagePrecision(@Nullable Average average) {
    return new RankingMetric("average precision", average, RankedScores::averagePrecision);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name, "predictions");
    int outputs = Math.toIntExact(predictions.size(1));
    boolean[][] isThere;
    if (average == null) {
      isThere = PredictionRows.classOne(predictions, targets, name);
      predicted =
          Arrays.stream(predicted)
              .map(row -> new double[] {row[outputs - 1]})
              .toArray(double[][]::new);
    } else {
      isThere = PredictionRows.labels(predictions, targets, name);
    }
    int count = average == null ? 1 : outputs;
    if (columns.isEmpty()) {
      columns = Stream.generate(RankedScores::new).limit(count).toList();
    }
    if (columns.size() != count) {
      throw new ShapeMismatchException(
          name,
          "predictions [B, " + columns.size() + "] like those before",
          Arrays.toString(predictions.shape()),
          "call reset() before measuring another network");
    }
    for (int i = 0; i < predicted.length; i++) {
      for (int j = 0; j < count; j++) {
        (average == Average.MICRO ? together : columns.get(j)).add(predicted[i][j], isThere[i][j]);
      }
    }
  }

  @Override
  public double value() {
    if (columns.isEmpty()) {
      return Double.NaN;
    }
    if (average == Average.MICRO) {
      return score.applyAsDouble(together);
    }
    double[] scores = columns.stream().mapToDouble(score).toArray();
    return average == null || scores.length == 1
        ? scores[0]
        : average.of(scores.length, j -> columns.get(j).positives(), j -> scores[j], Double.NaN);
  }

  @Override
  public void reset() {
    columns = List.of();
    together = new RankedScores();
  }
}
