package org.nn4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;
import org.nn4j.report.LayerFigures.Activations;
import org.nn4j.report.LayerFigures.Gradient;

/** Statistics of activations and gradients by epoch, a line for each layer. */
final class LayerSection {
  private static final int MAX_LAYERS = 8;

  private LayerSection() {}

  static List<Chart> charts(List<LayerFigures> epochs) {
    List<Chart> charts = new ArrayList<>();
    if (epochs.isEmpty()) {
      return charts;
    }
    Function<LayerFigures, List<Activations>> activations = LayerFigures::activations;
    if (!epochs.get(0).activations().isEmpty()) {
      charts.add(
          chart(
              "Mean activation",
              "mean",
              epochs,
              activations,
              Activations::layer,
              Activations::mean));
      charts.add(
          chart(
              "Spread of activations",
              "standard deviation",
              epochs,
              activations,
              Activations::layer,
              Activations::deviation));
      charts.add(
          chart(
              "Dead units",
              "share of units",
              epochs,
              activations,
              Activations::layer,
              Activations::dead));
    }
    if (!epochs.get(0).gradients().isEmpty()) {
      charts.add(
          chart(
              "Gradients of the last step",
              "root mean square",
              epochs,
              LayerFigures::gradients,
              Gradient::layer,
              Gradient::rms));
    }
    return charts;
  }

  private static <T> Chart chart(
      String title,
      String yLabel,
      List<LayerFigures> epochs,
      Function<LayerFigures, List<T>> layers,
      Function<T, String> name,
      ToDoubleFunction<T> value) {
    List<T> first = layers.apply(epochs.get(0));
    List<Series> series =
        IntStream.of(Numbers.spread(first.size(), MAX_LAYERS))
            .mapToObj(
                i ->
                    new Series(
                        name.apply(first.get(i)),
                        Style.LINE,
                        false,
                        epochs.stream()
                            .map(epoch -> value.applyAsDouble(layers.apply(epoch).get(i)))
                            .toList()))
            .toList();
    return new Chart(
        title,
        "epoch",
        yLabel,
        "",
        epochs.stream().map(epoch -> (double) epoch.epoch()).toList(),
        series);
  }

  static String note(List<LayerFigures> epochs) {
    boolean isCut =
        epochs.stream()
            .limit(1)
            .anyMatch(
                first ->
                    Math.max(first.activations().size(), first.gradients().size()) > MAX_LAYERS);
    return "Activations of up to 100 samples, and gradients of the last step, after each epoch."
        + (isCut ? " The lines are those of " + MAX_LAYERS + " layers, from first to last." : "");
  }
}
