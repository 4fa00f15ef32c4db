package org.nn4j.mnist.digits;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/** Thrown for a picture that cannot be read, is too large, or shows no digit. Immutable. */
public final class DigitImageException extends IOException {
  private static final long serialVersionUID = 1L;

  DigitImageException(String picture, String expected, String found, String remedy) {
    this(picture, expected, found, remedy, null);
  }

  DigitImageException(
      String picture, String expected, String found, String remedy, @Nullable Throwable cause) {
    super(Require.message(picture, expected, found, remedy), cause);
  }
}
