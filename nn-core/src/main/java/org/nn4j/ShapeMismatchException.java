package org.nn4j;

import java.io.Serial;

/** Thrown for an array, or a chain of layers, whose shapes do not fit. */
public class ShapeMismatchException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String SEE = "; see docs/troubleshooting.md#shape-mismatch";

  /**
   * Creates an exception from the four parts of its message.
   *
   * @param who the name of the layer, loss or other object that throws
   * @param expected the shape that it expected
   * @param found the shape that it found
   * @param remedy what to do
   */
  public ShapeMismatchException(String who, String expected, String found, String remedy) {
    super(Require.message(who, expected, found, remedy) + SEE);
  }

  private ShapeMismatchException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns the same mismatch with its place in an outer object.
   *
   * @param place such as {@code "layer 2 of 3"}
   * @param cause the mismatch
   * @return an exception whose message starts with the place
   */
  public static ShapeMismatchException inside(String place, ShapeMismatchException cause) {
    return new ShapeMismatchException(place + ", " + cause.getMessage(), cause);
  }
}
