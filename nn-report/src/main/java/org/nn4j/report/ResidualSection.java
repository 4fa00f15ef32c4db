package org.nn4j.report;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.model.ModelInfo;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;

/** Residuals (target minus prediction) of a regression by prediction, in the unit of the target. */
final class ResidualSection {
  private static final int MAX_OUTPUTS = 4;
  private static final int MAX_NAME_LENGTH = 60;

  private ResidualSection() {}

  static List<Chart> charts(EvaluatedData evaluated, ModelInfo info) {
    return IntStream.range(0, Math.min(MAX_OUTPUTS, evaluated.outputs()))
        .mapToObj(output -> chart(evaluated, target(info, output), output))
        .toList();
  }

  /** Returns the column of a target; by default one without name and scaling. */
  static TargetColumn target(ModelInfo info, int output) {
    return info.targets().isEmpty()
        ? TargetColumn.unscaled("output " + output)
        : info.targets().get(output);
  }

  private static Chart chart(EvaluatedData evaluated, TargetColumn target, int output) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < evaluated.size(); i++) {
      double prediction = target.unscale(evaluated.predictions()[i][output]);
      if (Double.isFinite(prediction)) {
        points.add(
            new double[] {prediction, target.unscale(evaluated.targets()[i][output]) - prediction});
      }
    }
    points.sort(Comparator.comparingDouble((double[] point) -> point[0]));
    String name = Numbers.cut(target.name(), MAX_NAME_LENGTH);
    return new Chart(
        "Residuals of " + name,
        "predicted " + name,
        "target − prediction",
        "",
        points.stream().map(point -> point[0]).toList(),
        List.of(
            new Series(
                "residual", Style.POINTS, false, points.stream().map(point -> point[1]).toList()),
            new Series(
                "no error", Style.DASHED, false, points.stream().map(point -> 0.0).toList())));
  }

  /** Returns the samples with the largest residual of any output, in units of their targets. */
  static List<Integer> worst(EvaluatedData evaluated, int most) {
    return IntStream.range(0, evaluated.size())
        .boxed()
        .sorted(comparingDouble((Integer i) -> -largest(evaluated, i)))
        .limit(most)
        .toList();
  }

  private static double largest(EvaluatedData evaluated, int sample) {
    return IntStream.range(0, evaluated.outputs())
        .mapToDouble(
            j -> Math.abs(evaluated.targets()[sample][j] - evaluated.predictions()[sample][j]))
        .map(error -> Double.isNaN(error) ? Double.POSITIVE_INFINITY : error)
        .max()
        .orElse(0);
  }
}
