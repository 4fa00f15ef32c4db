package org.nn4j;

import java.io.Serial;

/**
 * An array, or a chain of layers, whose shapes do not fit; the message says who, what and what to
 * do.
 */
public class ShapeMismatchException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  private static final String SEE = "; see docs/troubleshooting.md#shape-mismatch";

  /**
   * The four parts of the message.
   *
   * @param who the layer, loss or other object that was given the shape, as it prints itself
   * @param expected the shape it expected
   * @param found the shape it was given
   * @param remedy what to do
   */
  public ShapeMismatchException(String who, String expected, String found, String remedy) {
    super(Require.message(who, expected, found, remedy) + SEE);
  }

  private ShapeMismatchException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The same mismatch, seen from the object around the one that noticed it.
   *
   * @param place where it happened, such as {@code "layer 2 of 3"}
   * @param cause the mismatch
   * @return an exception whose message says the place first
   */
  public static ShapeMismatchException inside(String place, ShapeMismatchException cause) {
    return new ShapeMismatchException(place + ", " + cause.getMessage(), cause);
  }
}
