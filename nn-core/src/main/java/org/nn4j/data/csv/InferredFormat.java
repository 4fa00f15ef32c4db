package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/**
 * Infers the format of a CSV file: separator, header, decimal mark, and the role of each column.
 */
final class InferredFormat {
  private static final char[] SEPARATORS = {';', '\t', '|', ','};

  /** Number of characters from which the separator is inferred, but at least two lines. */
  private static final int BEGINNING = 1 << 16;

  /** Maximum number of different strings in a categorical column. */
  private static final int MAX_CATEGORIES = 100;

  private static final Decimal COMMA = new Decimal(',');

  private final Path file;

  InferredFormat(Path file) {
    this.file = file;
  }

  CsvFormat format() throws IOException {
    try {
      return format(separator());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private CsvFormat format(char separator) throws IOException {
    CsvDialect text = CsvDialect.COMMAS.withHeader(false).withSeparator(separator);
    try (CsvLines lines = new CsvLines(file, text, column -> true)) {
      List<String> first = lines.next().getFields().stream().map(String::strip).toList();
      boolean header = isHeader(first);
      if (header && !lines.hasNext()) {
        throw lines.wrong(
            1,
            "",
            "at least one sample after the header",
            "the end of the file",
            "copy the file again");
      }
      List<Seen> columns = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        columns.add(new Seen());
        if (!header) {
          columns.get(i).add(first.get(i));
        }
      }
      while (lines.hasNext()) {
        CsvRecord record = lines.next();
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).add(record.getField(i).strip());
        }
      }
      boolean comma =
          text.separator() != ',' && columns.stream().anyMatch(Seen::isNumberWithCommaAlone);
      CsvDialect found = text.withHeader(header).withDecimal(comma ? ',' : '.');
      List<Roles.Inferred> roles =
          IntStream.range(0, columns.size())
              .mapToObj(
                  i ->
                      header && first.get(i).isEmpty()
                          ? new Roles.Inferred(
                              String.valueOf(i), new ColumnRole.Ignored(), "no name")
                          : columns.get(i).role(header ? first.get(i) : String.valueOf(i), comma))
              .toList();
      return new CsvFormat(found, new Roles(Map.of(), roles), ColumnEncoding.NONE);
    }
  }

  /** Returns whether the first line contains names: it has no number. */
  private static boolean isHeader(List<String> first) {
    return first.stream().noneMatch(name -> isNumber(name, true));
  }

  /**
   * Returns the separator that splits the first lines into the same number of fields, at least two.
   * If several do, it is that with the most characters in numbers, and a comma is the last choice.
   */
  private char separator() throws IOException {
    char best = ',';
    long most = -1;
    for (char separator : SEPARATORS) {
      long length = lengthOfNumbers(separator);
      if (length > most) {
        most = length;
        best = separator;
      }
    }
    return best;
  }

  /** Returns the number of characters in numbers; -1 if a separator does not fit the lines. */
  private long lengthOfNumbers(char separator) throws IOException {
    CsvDialect text = CsvDialect.COMMAS.withHeader(false).withSeparator(separator);
    long length = 0;
    try (CsvLines lines = new CsvLines(file, text, column -> true)) {
      if (lines.names().size() == 1) {
        return -1;
      }
      long read = 0;
      for (int line = 0; (line < 2 || read < BEGINNING) && lines.hasNext(); line++) {
        for (String field : lines.next().getFields()) {
          read += 1 + field.length();
          boolean isNumber = isNumber(field.strip(), separator != ',');
          length += isNumber ? field.length() : 0;
        }
      }
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CsvFormatException) {
        return -1;
      }
      throw e;
    }
    return length;
  }

  private static boolean isNumber(String text, boolean orWithComma) {
    return !Double.isNaN(Decimal.POINT.parse(text))
        || (orWithComma && !Double.isNaN(COMMA.parse(text)));
  }

  /** Content of a column. */
  private static final class Seen {
    private final Set<String> texts = new HashSet<>();
    private long count;
    private long empty;
    private long missing;
    private boolean isNumber = true;
    private boolean isNumberWithComma = true;
    private boolean isTruth = true;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(String text) {
      count++;
      if (text.isEmpty()) {
        empty++;
      } else if (texts.size() <= MAX_CATEGORIES) {
        texts.add(text);
      }
      if (Decimal.isMissing(text)) {
        missing++;
        return;
      }
      double number = Decimal.POINT.parse(text);
      double numberWithComma = COMMA.parse(text);
      isNumber &= !Double.isNaN(number);
      isNumberWithComma &= !Double.isNaN(numberWithComma);
      isTruth &= BooleanFeature.isTruthText(text);
      double either = Double.isNaN(number) ? numberWithComma : number;
      min = Math.min(min, either);
      max = Math.max(max, either);
    }

    boolean isNumberWithCommaAlone() {
      return count > missing && isNumberWithComma && !isNumber;
    }

    Roles.Inferred role(String column, boolean comma) {
      String gaps = missing > 0 ? ", " + missing + " missing" : "";
      if (count == missing) {
        return new Roles.Inferred(column, new ColumnRole.Ignored(), "no value");
      }
      if (comma ? isNumberWithComma : isNumber) {
        String range = text(min) + " to " + text(max);
        return new Roles.Inferred(column, new ColumnRole.Numeric(), range + gaps);
      }
      if (isTruth) {
        return new Roles.Inferred(
            column,
            new ColumnRole.Truth(),
            String.join(", ", texts.stream().sorted().toList()) + gaps);
      }
      boolean oneForEach = texts.size() == count - empty && count > 2;
      if (texts.size() > MAX_CATEGORIES || oneForEach) {
        String different = texts.size() > MAX_CATEGORIES ? "over " + MAX_CATEGORIES : "only";
        return new Roles.Inferred(
            column,
            new ColumnRole.Ignored(),
            different + " different strings, such as " + Collections.min(texts));
      }
      return new Roles.Inferred(
          column,
          new ColumnRole.Categorical(),
          Texts.list(texts.stream().sorted().toList())
              + (empty > 0 ? ", " + empty + " missing" : ""));
    }

    private static String text(double number) {
      return number == (long) number ? String.valueOf((long) number) : String.valueOf(number);
    }
  }
}
