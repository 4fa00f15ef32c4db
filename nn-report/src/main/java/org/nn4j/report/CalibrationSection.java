package org.nn4j.report;

import java.util.List;
import java.util.Locale;
import org.nn4j.metric.CalibrationError;
import org.nn4j.metric.CalibrationError.Bin;
import org.nn4j.metric.Metrics;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;

/** Reliability diagram, the bins of {@link CalibrationError}. */
final class CalibrationSection {
  private static final int BINS = 10;

  private CalibrationSection() {}

  static Chart chart(EvaluatedData evaluated) {
    CalibrationError error = evaluated.measured(Metrics.calibrationError(BINS));
    List<Bin> bins = error.bins().stream().filter(bin -> bin.count() > 0).toList();
    List<Double> x = bins.stream().map(Bin::meanProbability).toList();
    boolean isOneOutput = evaluated.outputs() == 1;
    String name = String.format(Locale.ROOT, "network (calibration error %.4f)", error.value());
    return new Chart(
        "Calibration",
        isOneOutput ? "probability of class 1" : "probability of the predicted class",
        isOneOutput ? "share of class 1" : "share of correct predictions",
        "",
        x,
        List.of(
            new Series(name, Style.POINTS, false, bins.stream().map(Bin::shareOfEvents).toList()),
            new Series("perfect calibration", Style.DASHED, false, x)));
  }
}
