package org.nn4j.io;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * Thrown for a model file or checkpoint that is damaged, truncated, of another format, or of
 * another network.
 *
 * <p>The message states the file and the place, what was expected there, what was found and what to
 * do. Thread-safe.
 */
public final class ModelFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String SEE = "; see docs/troubleshooting.md#model-file";

  /** The file's name. */
  private final String file;

  /** The part of the file. */
  private final String place;

  /** The second part of the message. */
  private final String expected;

  /** The third part of the message. */
  private final String found;

  /**
   * Creates an exception from the parts of its message.
   *
   * @param file the file's name
   * @param place the part of the file: a byte, a tensor or a piece of metadata
   * @param expected what was expected
   * @param found what was found
   * @param remedy what to do
   */
  public ModelFormatException(
      String file, String place, String expected, String found, String remedy) {
    this(file, place, expected, found, remedy, null);
  }

  /**
   * Creates an exception from the parts of its message and its cause.
   *
   * @param file the file's name
   * @param place the part of the file: a byte, a tensor or a piece of metadata
   * @param expected what was expected
   * @param found what was found
   * @param remedy what to do
   * @param cause the cause, or null
   */
  public ModelFormatException(
      String file,
      String place,
      String expected,
      String found,
      String remedy,
      @Nullable Throwable cause) {
    super(
        Require.message("model file " + file + ", " + place, expected, found, remedy) + SEE, cause);
    this.file = file;
    this.place = place;
    this.expected = expected;
    this.found = found;
  }

  /**
   * Returns the file that was read.
   *
   * @return the name that was passed
   */
  public String file() {
    return file;
  }

  /**
   * Returns the part of the file that is wrong.
   *
   * @return a byte, a tensor or a piece of metadata
   */
  public String place() {
    return place;
  }

  /**
   * Returns what was expected.
   *
   * @return the second part of the message
   */
  public String expected() {
    return expected;
  }

  /**
   * Returns what was found.
   *
   * @return the third part of the message
   */
  public String found() {
    return found;
  }
}
