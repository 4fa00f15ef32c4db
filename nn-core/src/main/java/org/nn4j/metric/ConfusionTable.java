package org.nn4j.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Printed table of a confusion matrix. */
final class ConfusionTable {
  private static final String CORNER = "true \\ predicted";
  private static final String NO_CLASS = "none";

  private final List<List<String>> lines = new ArrayList<>();

  /** Creates a line of the predicted classes and one for each true class. */
  ConfusionTable(ConfusionMatrix matrix, List<String> labels) {
    boolean all = IntStream.range(0, matrix.classes()).allMatch(t -> matrix.unpredicted(t) == 0);
    List<String> header = new ArrayList<>(List.of(CORNER));
    header.addAll(labels);
    if (!all) {
      header.add(NO_CLASS);
    }
    lines.add(header);
    for (int t = 0; t < matrix.classes(); t++) {
      List<String> line = new ArrayList<>(List.of(labels.get(t)));
      for (int p = 0; p < matrix.classes(); p++) {
        line.add(Long.toString(matrix.count(t, p)));
      }
      if (!all) {
        line.add(Long.toString(matrix.unpredicted(t)));
      }
      lines.add(line);
    }
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        String cell = line.get(column);
        table.append(column == 0 ? "" : "  ").append(" ".repeat(width(column) - cell.length()));
        table.append(cell);
      }
      table.append('\n');
    }
    return table.toString();
  }

  private int width(int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }
}
