package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
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
  private final Features features;
  private final List<EncodedColumn.Input> fields;
  private final List<String> columns;
  private final Function<double[][], Object[][]> compute;

  ColumnAppender(
      CsvDialect text,
      Features features,
      List<String> columns,
      Function<double[][], Object[][]> compute) {
    this.text = text;
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
              .lineDelimiter(CsvBytes.lineEnd(file))
              .build(new OutputStreamWriter(new BufferedOutputStream(out), text.charset()));
      if (text.header()) {
        writer.writeRecord(Stream.concat(lines.header().stream(), columns.stream()).toList());
      }
      List<CsvRecord> portion = new ArrayList<>();
      while (lines.hasNext()) {
        portion.add(lines.next());
        if (portion.size() == PORTION || !lines.hasNext()) {
          write(portion, lines, indices, writer);
          portion.clear();
        }
      }
      writer.flush();
      if (out instanceof GZIPOutputStream gzip) {
        gzip.finish();
      }
      whole.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(List<CsvRecord> records, CsvLines lines, int[] indices, CsvWriter writer) {
    double[][] rows = new double[records.size()][];
    Arrays.setAll(rows, i -> encode(records.get(i), lines, indices));
    Object[][] more = compute.apply(rows);
    for (int i = 0; i < rows.length; i++) {
      Stream<String> fields = Arrays.stream(more[i]).map(this::field);
      writer.writeRecord(Stream.concat(records.get(i).getFields().stream(), fields).toList());
    }
  }

  private String field(Object value) {
    String plain = String.valueOf(value);
    return value instanceof Number ? plain.replace('.', text.decimal().mark()) : plain;
  }

  private double[] encode(CsvRecord record, CsvLines lines, int[] indices) {
    EncodedColumn.Failure failure =
        (column, expected, found, remedy) ->
            lines.wrong(record.getStartingLineNumber(), column, expected, found, remedy);
    double[] numbers = new double[features.inputs().size()];
    int at = 0;
    for (int i = 0; i < indices.length; i++) {
      EncodedColumn.Input field = fields.get(i);
      field.write(record.getField(indices[i]).strip(), numbers, at, failure);
      at += field.width();
    }
    return numbers;
  }

  /** Returns the column of each feature. A file without a header may lack the label column. */
  private int[] indices(CsvLines lines) {
    List<String> names = lines.names();
    for (String column : columns) {
      if (text.header() && names.contains(column)) {
        throw lines.wrong(
            1, "", "no column '" + column + "'", "one", "rename it, or take it out of the file");
      }
    }
    List<String> wanted = features.names();
    if (!text.header() && names.size() == wanted.size()) {
      return IntStream.range(0, wanted.size()).toArray();
    }
    List<String> missing = wanted.stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw lines.wrong(
          text.header() ? 1 : 0,
          "",
          "the columns " + Texts.list(wanted),
          "no column " + Texts.list(missing),
          "pass a file with the columns of the features, or name its separator with"
              + " separator(...)");
    }
    return wanted.stream().mapToInt(names::indexOf).toArray();
  }
}
