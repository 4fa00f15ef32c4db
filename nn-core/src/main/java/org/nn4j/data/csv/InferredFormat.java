package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nn4j.internal.Decimal;

/**
 * Infers the format of a CSV file: separator, header, decimal mark, and the role of each column.
 */
final class InferredFormat {
  private static final char[] SEPARATORS = {';', '\t', '|', ','};

  /** Number of characters from which the separator is inferred, but at least two lines. */
  private static final int BEGINNING = 1 << 16;

  private static final Decimal COMMA = new Decimal(',');

  private final Path file;
  private final CsvDialect plain;

  InferredFormat(Path file, Charset charset) {
    this.file = file;
    this.plain = CsvDialect.COMMAS.withHeader(false).withCharset(charset);
  }

  CsvFormat format() throws IOException {
    try {
      return format(separator());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private CsvFormat format(char separator) throws IOException {
    CsvDialect text = plain.withSeparator(separator);
    try (CsvLines lines = new CsvLines(file, text, column -> true)) {
      List<String> first = fields(lines, List.of());
      boolean header = isHeader(first);
      if (header && !lines.hasNext()) {
        throw lines.wrong(
            1,
            "",
            "at least one sample after the header",
            "the end of the file",
            "copy the file again");
      }
      List<String> names = names(first, header);
      List<SeenColumn> columns = first.stream().map(field -> new SeenColumn()).toList();
      if (!header) {
        add(first, columns);
      }
      while (lines.hasNext()) {
        add(fields(lines, names), columns);
      }
      boolean comma =
          text.separator() != ',' && columns.stream().anyMatch(SeenColumn::isNumberWithCommaAlone);
      CsvDialect found = text.withHeader(header).withDecimal(comma ? ',' : '.');
      List<Roles.Inferred> roles =
          IntStream.range(0, columns.size())
              .mapToObj(
                  i ->
                      header && first.get(i).isEmpty()
                          ? columns.get(i).ignored(names.get(i), "no name")
                          : columns.get(i).role(names.get(i), comma))
              .toList();
      return new CsvFormat(found, new Roles(Map.of(), roles), ColumnEncoding.NONE);
    }
  }

  /** Returns the stripped fields of the next line, which must be decoded without errors. */
  private static List<String> fields(CsvLines lines, List<String> names) {
    CsvRecord record = lines.next();
    List<String> fields = record.getFields().stream().map(String::strip).toList();
    for (int i = 0; i < fields.size(); i++) {
      lines.requireDecoded(fields.get(i), record, names.isEmpty() ? "" : names.get(i));
    }
    return fields;
  }

  private static void add(List<String> fields, List<SeenColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(fields.get(i));
    }
  }

  /** Returns the name of each column, or its index. */
  private static List<String> names(List<String> first, boolean header) {
    return IntStream.range(0, first.size())
        .mapToObj(i -> header && !first.get(i).isEmpty() ? first.get(i) : String.valueOf(i))
        .toList();
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
    CsvDialect text = plain.withSeparator(separator);
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
}
