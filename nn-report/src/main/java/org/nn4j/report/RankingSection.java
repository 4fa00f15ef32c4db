package org.nn4j.report;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nn4j.metric.Metrics;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;

/**
 * ROC curves: of class 1 against class 0, or of each class against the others.
 *
 * <pre>
 * true positive rate  = TP / (TP + FN)      false positive rate = FP / (FP + TN)
 * </pre>
 */
final class RankingSection {
  private static final int MAX_CURVES = 7;
  private static final int STEPS = 100;

  private RankingSection() {}

  /** Returns no chart if no class has both a positive and a negative sample. */
  static List<Chart> charts(EvaluatedData evaluated, List<String> labels) {
    boolean isBinary = evaluated.kind() == EvaluatedData.Kind.CLASSES && labels.size() == 2;
    List<RocCurve> curves =
        IntStream.range(isBinary ? 1 : 0, labels.size())
            .mapToObj(c -> curve(evaluated, c, labels.get(c)))
            .filter(curve -> !Double.isNaN(curve.area()))
            .sorted(comparingDouble(RocCurve::area))
            .limit(MAX_CURVES)
            .sorted(Comparator.comparingInt(RocCurve::label))
            .toList();
    if (curves.isEmpty()) {
      return List.of();
    }
    List<Double> grid = IntStream.rangeClosed(0, STEPS).mapToObj(i -> i / (double) STEPS).toList();
    List<Series> series = new ArrayList<>();
    for (RocCurve curve : curves) {
      series.add(
          new Series(
              String.format(Locale.ROOT, "%s (AUC %.4f)", curve.name(), curve.area()),
              Style.LINE,
              false,
              grid.stream().map(curve::at).toList()));
    }
    series.add(new Series("chance", Style.DASHED, false, grid));
    String which = curves.size() == MAX_CURVES ? "ROC curves of the hardest classes" : "ROC curves";
    return List.of(
        new Chart(
            isBinary ? "ROC curve" : which,
            "false positive rate",
            "true positive rate",
            "",
            grid,
            series));
  }

  private static RocCurve curve(EvaluatedData evaluated, int label, String name) {
    int n = evaluated.size();
    double[] scores = new double[n];
    boolean[] isPositive = new boolean[n];
    boolean isClass = evaluated.kind() == EvaluatedData.Kind.CLASSES;
    for (int i = 0; i < n; i++) {
      scores[i] = evaluated.probability(i, label);
      isPositive[i] =
          isClass ? evaluated.trueClass(i) == label : evaluated.targets()[i][label] == 1;
    }
    double area = evaluated.ofOne(scores, isPositive).measured(Metrics.rocAuc()).value();
    return RocCurve.of(label, name, scores, isPositive, area);
  }
}
