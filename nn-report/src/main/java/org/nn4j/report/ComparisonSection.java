package org.nn4j.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.nn4j.report.Chart.Series;
import org.nn4j.report.Chart.Style;
import org.nn4j.report.Page.Row;
import org.nn4j.report.Page.Table;
import org.nn4j.train.History;

/** Figures of several runs side by side. */
final class ComparisonSection {
  private static final int MAX_RUNS = 100;
  private static final int MAX_LINES = 8;
  private static final int MAX_FIGURES = 12;
  private static final int MAX_NAME_LENGTH = 80;

  private ComparisonSection() {}

  /** Returns the names of the figures of all runs, without the number of the epoch. */
  private static List<String> figures(Map<String, History> runs) {
    Set<String> names = new LinkedHashSet<>();
    for (History run : runs.values()) {
      run.epochs().forEach(epoch -> names.addAll(epoch.figures().keySet()));
    }
    names.removeAll(List.of("epoch", "steps"));
    return names.stream().limit(MAX_FIGURES).toList();
  }

  static Table table(Map<String, History> runs) {
    List<String> figures = figures(runs);
    List<String> headers = new ArrayList<>(List.of("run", "epochs", "ending"));
    figures.forEach(figure -> headers.add(shown(figure)));
    List<Row> rows =
        runs.entrySet().stream()
            .limit(MAX_RUNS)
            .map(
                run ->
                    Row.of(
                        Numbers.cut(run.getKey(), MAX_NAME_LENGTH), cells(run.getValue(), figures)))
            .toList();
    return new Table("Figures of the last epoch", "plain", headers, rows);
  }

  private static List<String> cells(History run, List<String> figures) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(run.epochs().size()));
    cells.add(Numbers.cut(run.stopReason().toString(), MAX_NAME_LENGTH));
    for (String figure : figures) {
      Number value = run.epochs().isEmpty() ? null : run.last().figures().get(figure);
      cells.add(value == null ? "" : Numbers.text(value.doubleValue()));
    }
    return cells;
  }

  static List<Chart> charts(Map<String, History> runs) {
    return figures(runs).stream().map(figure -> chart(figure, runs)).toList();
  }

  private static Chart chart(String figure, Map<String, History> runs) {
    SortedSet<Integer> epochs = new TreeSet<>();
    runs.values().forEach(run -> run.epochs().forEach(epoch -> epochs.add(epoch.epoch())));
    List<Series> series =
        runs.entrySet().stream()
            .limit(MAX_LINES)
            .map(
                run ->
                    new Series(
                        Numbers.cut(run.getKey(), MAX_NAME_LENGTH),
                        Style.LINE,
                        false,
                        values(figure, run.getValue(), epochs)))
            .toList();
    String name = shown(figure);
    return new Chart(
        name, "epoch", name, "", epochs.stream().map(Integer::doubleValue).toList(), series);
  }

  private static List<Double> values(String figure, History run, Set<Integer> epochs) {
    return epochs.stream()
        .map(
            number ->
                run.epochs().stream()
                    .filter(epoch -> epoch.epoch() == number)
                    .map(epoch -> epoch.figures().getOrDefault(figure, Double.NaN).doubleValue())
                    .findFirst()
                    .orElse(Double.NaN))
        .toList();
  }

  private static String shown(String figure) {
    return Numbers.cut(figure.replace('_', ' '), MAX_NAME_LENGTH);
  }

  static String note(int runs) {
    return runs > MAX_LINES ? "The charts show the first " + MAX_LINES + " runs." : "";
  }
}
