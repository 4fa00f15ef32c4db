package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifier;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.data.csv.CsvFormatException.Place;
import org.nn4j.internal.Texts;
import org.nn4j.io.FileAccess;

/**
 * Records of a CSV file, at least one, all with the same number of fields. Errors are thrown as
 * {@link UncheckedIOException}.
 */
final class CsvLines implements Iterator<CsvRecord>, Closeable {
  /** In messages of the parser, which formats digits by the default locale. */
  private static final Pattern LINE = Pattern.compile("line (\\p{Nd}+)");

  private static final char REPLACEMENT = '\ufffd';

  private final Path file;
  private final CsvDialect format;
  private final Predicate<String> ignores;
  private final CloseableIterator<CsvRecord> records;
  private final List<String> names;
  private List<String> header = List.of();
  private @Nullable CsvRecord ahead;

  /** Line of the last record that begins with a quote. */
  private long quotedLine = -1;

  /**
   * Opens a file.
   *
   * @param ignores whether a column may have no name
   */
  CsvLines(Path file, CsvDialect format, Predicate<String> ignores) throws IOException {
    FileAccess.requireReadable(file);
    this.file = file;
    this.format = format;
    this.ignores = ignores;
    try {
      this.records = open(file);
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

  private CsvRecordHandler handler() {
    return CsvRecordHandler.of(settings -> settings.fieldModifier(new QuoteNoter()));
  }

  /** Records the lines that begin with a quote, because quoted blanks are not a blank line. */
  private final class QuoteNoter implements FieldModifier {
    @Override
    public String modify(long line, int index, boolean quoted, String field) {
      if (quoted && index == 0) {
        quotedLine = line;
      }
      return field;
    }
  }

  private CloseableIterator<CsvRecord> open(Path path) throws IOException {
    Reader text = CsvText.open(path, format.charset());
    return CsvReader.builder()
        .fieldSeparator(format.separator())
        // Counted below, where the message can name the file.
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowExtraCharsAfterClosingQuote(false)
        .allowUnclosedQuote(false)
        .trimWhitespacesAroundQuotes(true)
        .build(handler(), text)
        .iterator();
  }

  private List<String> readNames() {
    if (!hasNext()) {
      throw wrong(0, "", "at least one sample", "an empty file", "copy the file again");
    }
    CsvRecord first = Objects.requireNonNull(ahead);
    if (!format.header()) {
      return IntStream.range(0, first.getFieldCount()).mapToObj(String::valueOf).toList();
    }
    ahead = null;
    header = first.getFields().stream().map(String::strip).toList();
    List<String> unique = new ArrayList<>(header);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      requireDecoded(name, first, "");
      if (name.isEmpty()) {
        name = String.valueOf(i);
        requireIgnored(name, first);
        unique.set(i, name);
      }
      if (!seen.add(name)) {
        throw wrong(
            first.getStartingLineNumber(),
            "",
            "columns of different names",
            "'" + Texts.brief(name) + "' twice",
            "rename one of them in the file");
      }
    }
    if (!hasNext()) {
      throw wrong(
          first.getStartingLineNumber(),
          "",
          "at least one sample after the header",
          "the end of the file",
          "copy the file again, or read it without a header");
    }
    return unique;
  }

  /**
   * A column without a name, such as that after a separator at the end of each line, is ignored.
   */
  private void requireIgnored(String index, CsvRecord header) {
    if (!ignores.test(index)) {
      throw wrong(
          header.getStartingLineNumber(),
          "",
          "a name for each column",
          "none for column " + index + ", counted from 0",
          "name it, or skip it with ignore(\"" + index + "\")");
    }
  }

  /** Returns the header; empty if the format has none. */
  List<String> header() {
    return header;
  }

  /** Returns the name in the header, or the index from 0 of a column without a name. */
  List<String> names() {
    return names;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && parsed(records::hasNext)) {
      CsvRecord record = parsed(records::next);
      if (!isBlank(record)) {
        ahead = record;
      }
    }
    return ahead != null;
  }

  /** Returns whether a line contains only blanks. The parser skips empty lines. */
  private boolean isBlank(CsvRecord record) {
    return record.getFieldCount() == 1
        && record.getField(0).isBlank()
        && record.getStartingLineNumber() != quotedLine;
  }

  @Override
  public CsvRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the file has no further sample");
    }
    CsvRecord record = Objects.requireNonNull(ahead);
    ahead = null;
    if (record.getFieldCount() != names.size()) {
      throw otherLength(record);
    }
    return record;
  }

  private UncheckedIOException otherLength(CsvRecord record) {
    int count = record.getFieldCount();
    String remedy = "complete the line, or put a field that holds a separator in quotes";
    if (count == names.size() + 1 && record.getField(count - 1).isBlank()) {
      remedy = "delete the separator at the end of the line";
    }
    return wrong(
        record.getStartingLineNumber(),
        "",
        names.size() + " fields, as the first line has",
        String.valueOf(count),
        remedy);
  }

  private <T> T parsed(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (CsvParseException e) {
      throw damaged(e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof EOFException || e.getCause() instanceof ZipException) {
        throw new UncheckedIOException(CsvBytes.damaged(file, e.getCause()));
      }
      throw e;
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

  /** Returns the exception for a place in this file. */
  UncheckedIOException wrong(
      long line, String column, String expected, String found, String remedy) {
    return new UncheckedIOException(
        new CsvFormatException(new Place(file.toString(), line, column), expected, found, remedy));
  }

  /** Checks that a string was decoded without errors. */
  void requireDecoded(String text, CsvRecord record, String column) {
    if (text.indexOf(REPLACEMENT) >= 0 || text.indexOf('\0') >= 0) {
      throw wrong(
          record.getStartingLineNumber(),
          column,
          "text in " + format.charset(),
          "'" + Texts.brief(text.replace('\0', REPLACEMENT)) + "'",
          "name the encoding of the file, such as windows-1252, with charset(...) or infer(file,"
              + " charset)");
    }
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
