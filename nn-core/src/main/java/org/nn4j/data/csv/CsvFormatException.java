package org.nn4j.data.csv;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/**
 * A CSV file that is not what it should be: damaged, or of other columns than were asked for.
 *
 * <p>The message says the file, the line and the column, what was expected there, what was found
 * and what to do. Thread-safe.
 */
public final class CsvFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** The path as text, since a path cannot be serialized. */
  private final String file;

  /** Counted from 1; 0 where it is the whole file. */
  private final long line;

  /** Empty where it is the whole line. */
  private final String column;

  CsvFormatException(Place place, String expected, String found, String remedy) {
    this(place, expected, found, remedy, null);
  }

  CsvFormatException(
      Place place, String expected, String found, String remedy, @Nullable Throwable cause) {
    super(Require.message(place.toString(), expected, found, remedy), cause);
    this.file = place.file();
    this.line = place.line();
    this.column = place.column();
  }

  /**
   * The file that was read.
   *
   * @return its path
   */
  public String file() {
    return file;
  }

  /**
   * The line that is wrong: where a record spans several, its first.
   *
   * @return its number, from 1, or 0 where it is the whole file
   */
  public long line() {
    return line;
  }

  /**
   * The column that is wrong.
   *
   * @return its name, or its number from 0 where columns have no names; empty where it is the whole
   *     line
   */
  public String column() {
    return column;
  }

  /**
   * Where something is wrong.
   *
   * @param file the path
   * @param line from 1, or 0
   * @param column its name or number, or nothing
   */
  record Place(String file, long line, String column) {
    @Override
    public String toString() {
      return "CSV file "
          + file
          + (line > 0 ? ", line " + line : "")
          + (column.isEmpty() ? "" : ", column '" + Texts.brief(column) + "'");
    }
  }
}
