package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/** Learner of the encoding of a file's columns. */
final class ColumnLearner {
  private static final String WHO = "CsvFormat";

  private final CsvFormat format;
  private final Path file;
  private final IntPredicate isTraining;
  private final boolean categoriesOfTraining;

  /**
   * Creates a learner.
   *
   * @param isTraining whether the numbers of a row count
   * @param categoriesOfTraining whether this holds for its categories, too
   */
  ColumnLearner(
      CsvFormat format, Path file, IntPredicate isTraining, boolean categoriesOfTraining) {
    this.format = format;
    this.file = file;
    this.isTraining = isTraining;
    this.categoriesOfTraining = categoriesOfTraining;
  }

  CsvColumns columns() throws IOException {
    try (CsvLines lines = new CsvLines(file, format.text(), format.roles()::ignores)) {
      List<ColumnStatistics> columns = new ArrayList<>();
      ColumnRole[] roles = roles(lines);
      for (int i = 0; i < roles.length; i++) {
        columns.add(
            new ColumnStatistics(
                lines.names().get(i), roles[i], format.encoding(), format.text().decimal()));
      }
      Require.that(
          Arrays.stream(roles).anyMatch(ColumnRole::isInput),
          WHO,
          "at least one input",
          "no column that is one",
          "print the format, and name inputs that it ignores with numeric(...) or"
              + " categorical(...)");
      requireNames(
          lines,
          format.encoding().namedColumns(),
          "correct the name in fillMissing(...) or scale(...)");
      readAll(lines, columns);
      EncodedColumn.Failure ofFile =
          (column, expected, found, remedy) -> lines.wrong(0, column, expected, found, remedy);
      return new CsvColumns(
          format, lines.names(), columns.stream().map(column -> column.field(ofFile)).toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Checks that all columns of the format are in the file. */
  private void requireNames(CsvLines lines, Collection<String> names, String remedy) {
    for (String name : names) {
      if (!lines.names().contains(name)) {
        throw lines.wrong(
            format.text().header() ? 1 : 0,
            "",
            "a column '" + Texts.brief(name) + "'",
            "the columns " + Texts.list(lines.names()),
            remedy);
      }
    }
  }

  private void readAll(CsvLines lines, List<ColumnStatistics> columns) {
    for (int row = 0; lines.hasNext(); row++) {
      CsvRecord record = lines.next();
      long line = record.getStartingLineNumber();
      EncodedColumn.Failure failure =
          (column, expected, found, remedy) -> lines.wrong(line, column, expected, found, remedy);
      for (int i = 0; i < columns.size(); i++) {
        ColumnStatistics column = columns.get(i);
        String text = record.getField(i).strip();
        if (column.learnsTexts()) {
          lines.requireDecoded(text, record, column.name());
        }
        boolean counts = isTraining.test(row);
        if (counts || !categoriesOfTraining || !column.isCategorical()) {
          column.add(text, counts, failure);
        }
      }
    }
  }

  private ColumnRole[] roles(CsvLines lines) {
    requireNames(lines, format.roles().given().keySet(), "correct the name, or the separator");
    if (!format.roles().hasTarget()) {
      throw new IllegalArgumentException(
          Require.message(
              WHO,
              "a label or a target",
              "columns that are all inputs",
              "name the column with label(...) or target(...)"));
    }
    return lines.names().stream().map(format.roles()::role).toArray(ColumnRole[]::new);
  }
}
