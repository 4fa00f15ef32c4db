package org.nn4j.mnist;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * A file that is not what it should be: not IDX, damaged, cut short, or IDX of another content than
 * was asked for.
 *
 * <p>The message says the file and the place, what was expected there, what was found and what to
 * do. Thread-safe.
 */
public final class IdxFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String SEE = "; see docs/troubleshooting.md#idx-file";

  /** The path as text, since a path cannot be serialized. */
  private final String file;

  /** Bytes from the start of the IDX content. */
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
   * The file that was read.
   *
   * @return its path as it was given
   */
  public String file() {
    return file;
  }

  /**
   * The place of what is wrong.
   *
   * @return bytes from the start of the IDX content, which for a gzip file is what it decompresses
   *     to
   */
  public long offset() {
    return offset;
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
