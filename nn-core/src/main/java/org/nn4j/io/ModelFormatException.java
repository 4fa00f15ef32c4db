package org.nn4j.io;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * A model file or checkpoint that is not what it should be: damaged, cut short, of another format,
 * or of another network than was asked for.
 *
 * <p>The message says the file and the place, what was expected there, what was found and what to
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
   * The parts of the message.
   *
   * @param file the file's name
   * @param place the part of the file: a byte, a tensor or a piece of metadata
   * @param expected what should stand there
   * @param found what stands there
   * @param remedy what to do
   */
  public ModelFormatException(
      String file, String place, String expected, String found, String remedy) {
    this(file, place, expected, found, remedy, null);
  }

  /**
   * The parts of the message, and what was noticed first.
   *
   * @param file the file's name
   * @param place the part of the file: a byte, a tensor or a piece of metadata
   * @param expected what should stand there
   * @param found what stands there
   * @param remedy what to do
   * @param cause the failure behind it, or null
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
   * The file that was read.
   *
   * @return its name as it was given
   */
  public String file() {
    return file;
  }

  /**
   * The part of the file that is wrong.
   *
   * @return a byte, a tensor or a piece of metadata
   */
  public String place() {
    return place;
  }

  /**
   * What should stand there.
   *
   * @return the second part of the message
   */
  public String expected() {
    return expected;
  }

  /**
   * What stands there.
   *
   * @return the third part of the message
   */
  public String found() {
    return found;
  }
}
