package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.data.csv.CsvFormatException.Place;
import org.nn4j.io.FileAccess;

/**
 * The samples of a CSV file, one after the other, all of one number of fields; there is at least
 * one. What is wrong with them comes as an {@link UncheckedIOException}.
 */
final class CsvLines implements Iterator<CsvRecord>, Closeable {
  private static final Pattern LINE = Pattern.compile("line (\\d+)");
  private static final char REPLACEMENT = '\ufffd';

  private final Path file;
  private final CsvFormat format;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> names;
  private @Nullable CsvRecord ahead;

  CsvLines(Path file, CsvFormat format) throws IOException {
    FileAccess.requireReadable(file);
    this.file = file;
    this.format = format;
    try {
      this.records = records(file, format);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          Require.message(
              "nn4j",
              "de.siegmar:fastcsv 4.3 or newer",
              "an older version, without " + e.getMessage(),
              "set its version in dependencyManagement; mvn dependency:tree shows what chose it"),
          e);
    }
    try {
      this.names = readNames();
    } catch (RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private static CloseableIterator<CsvRecord> records(Path file, CsvFormat format)
      throws IOException {
    return CsvReader.builder()
        .fieldSeparator(format.separator())
        // Counted below, where the message can name the file.
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowExtraCharsAfterClosingQuote(false)
        .allowUnclosedQuote(false)
        .trimWhitespacesAroundQuotes(true)
        .detectBomHeader(true)
        .ofCsvRecord(file, format.charset())
        .iterator();
  }

  private List<String> readNames() {
    if (!isThereMore()) {
      throw wrong(0, "", "at least one sample", "an empty file", "take another copy of the file");
    }
    CsvRecord first = parsed(records::next);
    if (!format.hasHeader()) {
      ahead = first;
      return IntStream.range(0, first.getFieldCount()).mapToObj(String::valueOf).toList();
    }
    List<String> header = first.getFields().stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      requireDecoded(name, first, "");
      if (!seen.add(name)) {
        throw wrong(
            first.getStartingLineNumber(),
            "",
            "columns of different names",
            "'" + Require.brief(name) + "' twice",
            "rename one, or read the file without a header");
      }
    }
    if (!isThereMore()) {
      throw wrong(
          first.getStartingLineNumber(),
          "",
          "at least one sample after the header",
          "the end of the file",
          "take another copy of the file, or read it without a header");
    }
    return header;
  }

  /** Of the header, or the indices. */
  List<String> names() {
    return names;
  }

  @Override
  public boolean hasNext() {
    return ahead != null || isThereMore();
  }

  private boolean isThereMore() {
    return parsed(records::hasNext);
  }

  @Override
  public CsvRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the file has no further sample");
    }
    CsvRecord record = ahead != null ? ahead : parsed(records::next);
    ahead = null;
    if (record.getFieldCount() != names.size()) {
      throw wrong(
          record.getStartingLineNumber(),
          "",
          names.size() + " fields, as the first line has",
          String.valueOf(record.getFieldCount()),
          "complete the line, or put a field that holds a separator in quotes");
    }
    return record;
  }

  private <T> T parsed(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (CsvParseException e) {
      throw damaged(e);
    }
  }

  private UncheckedIOException damaged(CsvParseException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String found = String.valueOf(cause.getMessage());
    Matcher line = LINE.matcher(e.getMessage() + " " + found);
    boolean unclosed = found.startsWith("Unclosed quote");
    return new UncheckedIOException(
        new CsvFormatException(
            new Place(file.toString(), line.find() ? Long.parseLong(line.group(1)) : 0, ""),
            unclosed ? "a quote at the end of each quoted field" : "fields as RFC 4180 has them",
            unclosed ? "none before the end of the file" : found,
            unclosed
                ? "close the quote; a quote within a field is written twice"
                : "correct the line, or name the separator of the file",
            e));
  }

  /** Fails at a place of this file. */
  UncheckedIOException wrong(
      long line, String column, String expected, String found, String remedy) {
    return new UncheckedIOException(
        new CsvFormatException(new Place(file.toString(), line, column), expected, found, remedy));
  }

  /** Checks that a text was written in the encoding that it was read in. */
  void requireDecoded(String text, CsvRecord record, String column) {
    if (text.indexOf(REPLACEMENT) >= 0) {
      throw wrong(
          record.getStartingLineNumber(),
          column,
          "text in " + format.charset(),
          "'" + Require.brief(text) + "'",
          "name the encoding of the file with charset(...)");
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
