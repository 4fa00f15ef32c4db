package org.nn4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Epochs as a table: one row an epoch, one column a figure. */
final class HistoryTable {
  private HistoryTable() {}

  static String of(List<EpochEnd> epochs) {
    List<List<String>> columns = new ArrayList<>();
    for (String name : Csv.names(epochs)) {
      List<String> column = new ArrayList<>();
      column.add(name.replace('_', ' '));
      epochs.forEach(end -> column.add(text(end.figures(), name)));
      int width = column.stream().mapToInt(String::length).max().orElse(0);
      columns.add(column.stream().map(cell -> " ".repeat(width - cell.length()) + cell).toList());
    }
    List<String> lines = new ArrayList<>();
    for (int row = 0; row <= epochs.size() && !columns.isEmpty(); row++) {
      int r = row;
      lines.add(columns.stream().map(column -> column.get(r)).collect(Collectors.joining("  ")));
    }
    return String.join("\n", lines);
  }

  private static String text(Map<String, Number> figures, String name) {
    Number figure = figures.get(name);
    if (figure == null) {
      return "";
    }
    return figure instanceof Integer ? figure.toString() : rounded(figure.doubleValue());
  }

  /** Five digits that matter, as far as a table needs them. */
  static String rounded(double figure) {
    boolean large = Math.abs(figure) >= 1000;
    boolean small = figure != 0 && Math.abs(figure) < 1e-3;
    return String.format(Locale.ROOT, large ? "%,.0f" : small ? "%.2e" : "%.4f", figure);
  }
}
