package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.FigureTexts;
import org.nn4j.internal.file.AtomicFile;

/**
 * Figures of a training run, epoch by epoch, and why it stopped. Immutable; its text is a table.
 *
 * @param epochs first to last; the last may have been stopped before its end, see {@link
 *     EpochResult#steps}
 * @param stopReason why training stopped
 */
public record History(List<EpochResult> epochs, StopReason stopReason) {
  /**
   * Copies the list.
   *
   * @param epochs first to last
   * @param stopReason why training stopped
   */
  public History {
    Checks.noNulls(epochs, "History", "epochs");
    Require.notNull(stopReason, "History", "stopReason");
    epochs = List.copyOf(epochs);
  }

  /**
   * Returns the last epoch.
   *
   * @return its figures
   * @throws IllegalStateException if no step was taken
   */
  public EpochResult last() {
    requireEpochs();
    return epochs.get(epochs.size() - 1);
  }

  /**
   * Returns the best epoch, of equal ones the first.
   *
   * @param monitor the figure to compare
   * @return its figures
   * @throws IllegalStateException if no step was taken, or an epoch has no such figure
   */
  public EpochResult best(Monitor monitor) {
    Require.notNull(monitor, "History.best", "monitor");
    requireEpochs();
    Comparator<EpochResult> byCost = Comparator.comparingDouble(epoch -> monitor.cost(epoch));
    return epochs.stream().min(byCost).orElseThrow();
  }

  private void requireEpochs() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "History", "at least one step", "none (" + stopReason + ")", "train further"));
    }
  }

  /**
   * Writes the epochs as comma-separated values with a line of names, those of {@link
   * EpochResult#figures}. An epoch without a figure has an empty field. The file is written
   * atomically.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void writeCsv(Path file) throws IOException {
    Require.notNull(file, "History.writeCsv", "file");
    StringBuilder text = new StringBuilder(FigureTexts.csvHeader(names()));
    epochs.forEach(epoch -> text.append(FigureTexts.csvRow(names(), epoch.figures())));
    AtomicFile.write(file, out -> out.write(text.toString().getBytes(UTF_8)));
  }

  /**
   * Writes the run as one JSON object: {@code ending}, {@code reason}, and {@code epochs}, an array
   * of objects by the names of {@link EpochResult#figures}. Figures that are not finite are null.
   * The file is written atomically.
   *
   * @param file the file; an existing one is replaced
   * @throws IOException if it cannot be written; an existing file is unchanged then
   */
  public void writeJson(Path file) throws IOException {
    Require.notNull(file, "History.writeJson", "file");
    String text = FigureTexts.json(this::write) + "\n";
    AtomicFile.write(file, out -> out.write(text.getBytes(UTF_8)));
  }

  private void write(JsonGenerator json) throws IOException {
    json.useDefaultPrettyPrinter();
    json.writeStartObject();
    json.writeStringField("ending", stopReason.kind().name());
    json.writeStringField("reason", stopReason.text());
    json.writeArrayFieldStart("epochs");
    for (EpochResult epoch : epochs) {
      FigureTexts.write(epoch.figures(), json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Returns the names of all figures that occur. */
  private Set<String> names() {
    return epochs.stream()
        .flatMap(epoch -> epoch.figures().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns a table with a row for each epoch, and the reason for stopping below it. */
  @Override
  public String toString() {
    List<List<String>> columns = names().stream().map(this::column).toList();
    List<String> lines = new ArrayList<>();
    for (int row = 0; row <= epochs.size() && !columns.isEmpty(); row++) {
      int r = row;
      lines.add(columns.stream().map(column -> column.get(r)).collect(Collectors.joining("  ")));
    }
    return String.join("\n", lines) + "\n" + stopReason;
  }

  /** Returns a name and the figures of each epoch below it, padded to the same width. */
  private List<String> column(String name) {
    List<String> column = new ArrayList<>();
    column.add(name.replace('_', ' '));
    epochs.forEach(epoch -> column.add(cell(epoch.figures(), name)));
    int width = column.stream().mapToInt(String::length).max().orElse(0);
    return column.stream().map(cell -> " ".repeat(width - cell.length()) + cell).toList();
  }

  private static String cell(Map<String, Number> figures, String name) {
    Number figure = figures.get(name);
    if (figure == null) {
      return "";
    }
    return figure instanceof Integer
        ? figure.toString()
        : FigureTexts.rounded(figure.doubleValue());
  }
}
