package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.nn4j.data.feature.Features;
import org.nn4j.internal.Texts;
import org.nn4j.internal.file.AtomicFile;

/** Copies a CSV file with additional columns, computed from its features. */
final class ColumnAppender {
  /** Maximum number of rows in memory. */
  private static final int PORTION = 1024;

  private static final int BUFFER = 1 << 16;

  private final CsvDialect text;
  private final Roles roles;
  private final Features features;
  private final List<EncodedColumn.Input> fields;
  private final List<String> columns;
  private final Function<double[][], Object[][]> compute;

  ColumnAppender(
      CsvFormat format,
      Features features,
      List<String> columns,
      Function<double[][], Object[][]> compute) {
    this.text = format.text();
    this.roles = format.roles();
    this.features = features;
    this.fields =
        features.list().stream()
            .map(each -> new EncodedColumn.Input(each, text.decimal()))
            .toList();
    this.columns = columns;
    this.compute = compute;
  }

  void copy(Path file, Path copy) throws IOException {
    try (CsvLines lines = new CsvLines(file, text, column -> true);
        AtomicFile whole = AtomicFile.create(copy)) {
      int[] indices = indices(lines);
      OutputStream out =
          copy.toString().endsWith(".gz") ? new GZIPOutputStream(whole.out(), BUFFER) : whole.out();
      CsvWriter writer =
          CsvWriter.builder()
              .fieldSeparator(text.separator())
              .lineDelimiter(CsvText.lineEnd(file, text))
              .build(new OutputStreamWriter(new BufferedOutputStream(out), encoder(lines)));
      if (text.header()) {
        write(List.of(new Line(1, joined(lines.header(), columns.stream()))), lines, writer);
      }
      List<CsvRecord> portion = new ArrayList<>();
      while (lines.hasNext()) {
        portion.add(lines.next());
        if (portion.size() == PORTION || !lines.hasNext()) {
          write(withColumns(portion, lines, indices), lines, writer);
          portion.clear();
        }
      }
      if (out instanceof GZIPOutputStream gzip) {
        gzip.finish();
      }
      whole.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Line of the copy, with its number in the file. */
  private record Line(long number, List<String> fields) {}

  private static List<String> joined(List<String> fields, Stream<String> more) {
    return Stream.concat(fields.stream(), more).toList();
  }

  private List<Line> withColumns(List<CsvRecord> records, CsvLines lines, int[] indices) {
    double[][] rows = new double[records.size()][];
    Arrays.setAll(rows, i -> encode(records.get(i), lines, indices));
    Object[][] more = compute.apply(rows);
    return IntStream.range(0, rows.length)
        .mapToObj(
            i ->
                new Line(
                    records.get(i).getStartingLineNumber(),
                    joined(records.get(i).getFields(), Arrays.stream(more[i]).map(this::field))))
        .toList();
  }

  /** Writes lines to the file, so that those with a character that cannot be encoded are known. */
  private void write(List<Line> table, CsvLines lines, CsvWriter writer) throws IOException {
    try {
      table.forEach(line -> writer.writeRecord(line.fields()));
      writer.flush();
    } catch (CharacterCodingException e) {
      throw notEncoded(table, lines, e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException cause
          ? notEncoded(table, lines, cause)
          : e;
    }
  }

  private UncheckedIOException notEncoded(List<Line> table, CsvLines lines, IOException cause) {
    CharsetEncoder encoder = encoder(lines);
    List<String> names = joined(lines.names(), columns.stream());
    for (Line line : table) {
      for (int i = 0; i < Math.min(names.size(), line.fields().size()); i++) {
        String field = line.fields().get(i);
        if (!encoder.canEncode(field)) {
          return lines.wrong(
              line.number(),
              names.get(i),
              "text that " + text.charset() + " can encode",
              "'" + Texts.brief(field) + "'",
              "save the file in UTF-8, and read it with charset(UTF_8)");
        }
      }
    }
    return new UncheckedIOException(cause);
  }

  /** Returns an encoder that throws an exception for characters without a code. */
  private CharsetEncoder encoder(CsvLines lines) {
    if (!text.charset().canEncode()) {
      throw lines.wrong(
          0,
          "",
          "an encoding that can be written",
          text.charset().name(),
          "save the file in UTF-8, and read it with charset(UTF_8)");
    }
    return text.charset().newEncoder();
  }

  private String field(Object value) {
    String plain = String.valueOf(value);
    return value instanceof Number ? plain.replace('.', text.decimal().mark()) : plain;
  }

  private double[] encode(CsvRecord record, CsvLines lines, int[] indices) {
    EncodedColumn.Failure failure =
        (column, expected, found, remedy) ->
            lines.wrong(record.getStartingLineNumber(), column, expected, found, remedy);
    for (int i = 0; i < record.getFieldCount(); i++) {
      lines.requireDecoded(record.getField(i), record, lines.names().get(i));
    }
    double[] numbers = new double[features.inputs().size()];
    int at = 0;
    for (int i = 0; i < indices.length; i++) {
      EncodedColumn.Input field = fields.get(i);
      field.write(record.getField(indices[i]).strip(), numbers, at, failure);
      at += field.width();
    }
    return numbers;
  }

  /** Returns the column of each feature. */
  private int[] indices(CsvLines lines) {
    List<String> names = lines.names();
    for (String column : columns) {
      if (text.header() && names.contains(column)) {
        throw lines.wrong(
            1, "", "no column '" + column + "'", "one", "rename it, or take it out of the file");
      }
    }
    List<String> wanted = features.names();
    if (!text.header()) {
      return new HeaderlessColumns(lines, roles, wanted, List.of()).indices();
    }
    List<String> missing = wanted.stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw lines.wrong(
          1,
          "",
          "the columns " + Texts.list(wanted),
          "no column " + Texts.list(missing),
          "pass a file with the columns of the features, or name its separator with"
              + " separator(...)");
    }
    return wanted.stream().mapToInt(names::indexOf).toArray();
  }
}
