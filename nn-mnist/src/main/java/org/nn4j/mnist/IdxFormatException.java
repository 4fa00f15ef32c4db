package org.nn4j.mnist;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * Thrown for a file that is not IDX, is damaged or truncated, or does not have the required
 * content.
 *
 * <p>The message states the file and the byte, what was expected there, what was found and what to
 * do. Thread-safe.
 */
public final class IdxFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String SEE = "; see docs/troubleshooting.md#idx-file";

  /** File as a string, because a path cannot be serialized. */
  private final String file;

  /** Position in bytes from the start of the IDX content. */
  private final long offset;

  /** The second part of the message. */
  private final String expected;

  /** The third part of the message. */
  private final String found;

  IdxFormatException(Path file, long offset, String expected, String found, String remedy) {
    this(file, offset, expected, found, remedy, null);
  }

  IdxFormatException(
      Path file,
      long offset,
      String expected,
      String found,
      String remedy,
      @Nullable Throwable cause) {
    super(
        Require.message(
                "IDX file " + file + ", byte " + offset + " of its content",
                expected,
                found,
                remedy)
            + SEE,
        cause);
    this.file = file.toString();
    this.offset = offset;
    this.expected = expected;
    this.found = found;
  }

  /**
   * Returns the path of the file.
   *
   * @return the path as it was passed
   */
  public String file() {
    return file;
  }

  /**
   * Returns the place of the fault.
   *
   * @return bytes from the start of the IDX content, decompressed if the file is gzip
   */
  public long offset() {
    return offset;
  }

  /**
   * Returns what was expected there.
   *
   * @return the second part of the message
   */
  public String expected() {
    return expected;
  }

  /**
   * Returns what was found there.
   *
   * @return the third part of the message
   */
  public String found() {
    return found;
  }
}
