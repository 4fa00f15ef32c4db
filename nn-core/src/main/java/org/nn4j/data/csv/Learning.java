package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/** Finds the columns of a format in a file, and the categories and classes that are there. */
final class Learning {
  private static final String WHO = "CsvFormat";

  private final CsvFormat format;
  private final Path file;

  Learning(CsvFormat format, Path file) {
    this.format = format;
    this.file = file;
  }

  CsvColumns columns() throws IOException {
    try (CsvLines lines = new CsvLines(file, format)) {
      ColumnRole[] roles = roles(lines);
      Map<Integer, Set<String>> values = values(lines, roles);
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < roles.length; i++) {
        fields.add(field(lines, i, roles[i], values.get(i)));
      }
      Require.that(
          fields.stream().anyMatch(Field::isInput),
          WHO,
          "at least one input",
          "no column that is one");
      return new CsvColumns(format, lines.names(), fields);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private ColumnRole[] roles(CsvLines lines) {
    ColumnRole[] roles = new ColumnRole[lines.names().size()];
    Column[] calledBefore = new Column[roles.length];
    Arrays.setAll(roles, i -> new ColumnRole.Numeric());
    format
        .roles()
        .forEach(
            (column, role) -> {
              int index = column.in(lines.names());
              if (index < 0) {
                throw lines.wrong(
                    format.hasHeader() ? 1 : 0,
                    "",
                    "a " + column,
                    format.hasHeader()
                        ? "the columns " + Texts.list(lines.names())
                        : lines.names().size() + " columns, counted from 0",
                    "correct the name, or the separator");
              }
              Column before = calledBefore[index];
              Require.that(
                  before == null,
                  WHO,
                  "one role for " + column,
                  roles[index] + " as " + before + ", and " + role,
                  "call the column by its name or by its index, and once");
              calledBefore[index] = column;
              roles[index] = role;
            });
    if (format.roles().values().stream()
        .noneMatch(r -> r.isLabel() || r instanceof ColumnRole.Target)) {
      throw new IllegalArgumentException(
          Require.message(
              WHO,
              "a label or a target",
              "columns that are all inputs",
              "name the column with label(...) or target(...)"));
    }
    return roles;
  }

  /** The different texts of each column that has some to be learned. */
  private static Map<Integer, Set<String>> values(CsvLines lines, ColumnRole[] roles) {
    int[] learned =
        IntStream.range(0, roles.length)
            .filter(
                i ->
                    roles[i] instanceof ColumnRole.Categorical
                        || (roles[i] instanceof ColumnRole.Label label
                            && label.classes().isEmpty()))
            .toArray();
    Map<Integer, Set<String>> values = new HashMap<>();
    while (learned.length > 0 && lines.hasNext()) {
      CsvRecord record = lines.next();
      for (int column : learned) {
        String text = record.getField(column).strip();
        String name = lines.names().get(column);
        lines.requireDecoded(text, record, name);
        if (text.isEmpty()) {
          throw lines.wrong(
              record.getStartingLineNumber(),
              name,
              "a text",
              "nothing",
              "fill it in, or leave the line out");
        }
        values.computeIfAbsent(column, c -> new TreeSet<>()).add(text);
      }
    }
    return values;
  }

  private Field field(CsvLines lines, int index, ColumnRole role, @Nullable Set<String> learned) {
    String name = lines.names().get(index);
    List<String> values = List.of();
    if (learned != null) {
      values = sorted(learned, lines, name);
    } else if (role instanceof ColumnRole.LabelNumber label) {
      values = IntStream.range(0, label.classes()).mapToObj(String::valueOf).toList();
    } else if (role instanceof ColumnRole.Label label) {
      values = label.classes();
    }
    return new Field(name, role, values, format.decimal());
  }

  /** By value where all are numbers, else as texts. */
  private List<String> sorted(Set<String> texts, CsvLines lines, String name) {
    Map<Double, String> byValue = new TreeMap<>();
    for (String text : texts) {
      double value = format.decimal().parse(text) + 0.0; // −0 is 0
      if (Double.isNaN(value)) {
        return List.copyOf(texts);
      }
      String other = byValue.put(value, text);
      if (other != null) {
        throw lines.wrong(
            0,
            name,
            "one spelling for each number",
            "'" + other + "' and '" + text + "'",
            "write them alike, so that they are one class or category");
      }
    }
    return List.copyOf(byValue.values());
  }
}
