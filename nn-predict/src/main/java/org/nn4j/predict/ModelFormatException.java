package org.nn4j.predict;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown for a model file that is damaged, truncated, of another format, or has an unknown layer
 * type.
 *
 * <p>The message states the file and the place, what was expected, what was found, and what to do.
 */
public final class ModelFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** The damaged part of the file. */
  private final String place;

  ModelFormatException(
      String file, String place, String expected, String found, String remedy, Throwable cause) {
    super(
        "model file "
            + file
            + ", "
            + place
            + ": expected "
            + expected
            + ", found "
            + found
            + "; "
            + remedy,
        cause);
    this.place = place;
  }

  /**
   * Returns the damaged part of the file.
   *
   * @return such as {@code "header"}, or the name of a tensor
   */
  public String place() {
    return place;
  }
}
