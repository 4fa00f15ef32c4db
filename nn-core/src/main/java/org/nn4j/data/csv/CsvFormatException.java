package org.nn4j.data.csv;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/**
 * Thrown if a CSV file is damaged or lacks expected columns.
 *
 * <p>The message contains the file, the line and the column, what was expected there, what was
 * found and what to do. Thread-safe.
 */
public final class CsvFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** The path as a string, because a path cannot be serialized. */
  private final String file;

  /** Counted from 1; 0 for the whole file. */
  private final long line;

  /** Empty for the whole line. */
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
   * Returns the file.
   *
   * @return its path
   */
  public String file() {
    return file;
  }

  /**
   * Returns the wrong line; the first line of a record that spans several.
   *
   * @return its number, from 1, or 0 where it is the whole file
   */
  public long line() {
    return line;
  }

  /**
   * Returns the wrong column.
   *
   * @return its name, or its number from 0 where columns have no names; empty where it is the whole
   *     line
   */
  public String column() {
    return column;
  }

  /**
   * Place of an error.
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
