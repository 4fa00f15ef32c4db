package org.nn4j.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.nn4j.model.Evaluation;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;
import org.nn4j.train.EpochResult;

/** Loss, metrics and time by epoch. */
final class CurveSection {
  private static final String LOSS = "loss";
  private static final int MAX_METRICS = 12;
  private static final int MAX_NAME_LENGTH = 60;

  private CurveSection() {}

  static List<Chart> charts(List<EpochResult> epochs) {
    List<Chart> charts = new ArrayList<>();
    if (epochs.isEmpty()) {
      return charts;
    }
    List<Series> loss = new ArrayList<>();
    loss.add(series("training loss", Style.LINE, false, epochs, EpochResult::loss));
    if (hasFigure(epochs, LOSS)) {
      loss.add(
          series(
              "validation loss",
              Style.LINE,
              false,
              epochs,
              epoch -> figure(epoch.validation(), LOSS)));
    }
    loss.add(series("learning rate", Style.DASHED, true, epochs, EpochResult::learningRate));
    charts.add(chart("Loss", "loss", "learning rate", epochs, loss));
    metrics(epochs).stream().limit(MAX_METRICS).forEach(name -> charts.add(metric(name, epochs)));
    charts.add(
        chart(
            "Time",
            "seconds",
            "samples per second",
            epochs,
            List.of(
                series("seconds", Style.LINE, false, epochs, EpochResult::seconds),
                series(
                    "samples per second",
                    Style.DASHED,
                    true,
                    epochs,
                    EpochResult::samplesPerSecond))));
    return charts;
  }

  private static Set<String> metrics(List<EpochResult> epochs) {
    Set<String> names = new LinkedHashSet<>();
    for (EpochResult epoch : epochs) {
      names.addAll(epoch.training().figures().keySet());
      names.addAll(epoch.validation().figures().keySet());
    }
    names.remove(LOSS);
    return names;
  }

  private static Chart metric(String name, List<EpochResult> epochs) {
    String shown = Numbers.cut(name, MAX_NAME_LENGTH);
    List<Series> series = new ArrayList<>();
    if (epochs.stream().anyMatch(epoch -> epoch.training().figures().containsKey(name))) {
      series.add(
          series("training", Style.LINE, false, epochs, epoch -> figure(epoch.training(), name)));
    }
    if (hasFigure(epochs, name)) {
      series.add(
          series(
              "validation", Style.LINE, false, epochs, epoch -> figure(epoch.validation(), name)));
    }
    return chart(shown, shown, "", epochs, series);
  }

  private static boolean hasFigure(List<EpochResult> epochs, String name) {
    return epochs.stream().anyMatch(epoch -> epoch.validation().figures().containsKey(name));
  }

  private static double figure(Evaluation evaluation, String name) {
    return evaluation.figures().getOrDefault(name, Double.NaN);
  }

  private static Series series(
      String name,
      Style style,
      boolean isRight,
      List<EpochResult> epochs,
      ToDoubleFunction<EpochResult> value) {
    return new Series(name, style, isRight, epochs.stream().map(value::applyAsDouble).toList());
  }

  private static Chart chart(
      String title,
      String yLabel,
      String rightLabel,
      List<EpochResult> epochs,
      List<Series> series) {
    return new Chart(
        title,
        "epoch",
        yLabel,
        rightLabel,
        epochs.stream().map(epoch -> (double) epoch.epoch()).toList(),
        series);
  }
}
