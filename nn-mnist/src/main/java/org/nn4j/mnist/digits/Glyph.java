package org.nn4j.mnist.digits;

import java.util.Arrays;
import java.util.List;

/**
 * One way to write a digit: strokes of knots that the pen passes, x to the right and y down, the
 * digit about 100 high.
 *
 * @param strokes each in the order of writing, of two knots or more
 */
record Glyph(List<List<Knot>> strokes) {
  /**
   * A point that the pen passes.
   *
   * @param x to the right
   * @param y down
   * @param corner whether the pen may turn sharply here; elsewhere it turns smoothly
   */
  record Knot(double x, double y, boolean corner) {}

  private static final String CORNER = "!";

  /**
   * Reads the notation of {@link Hands}: {@code "x,y x,y! x,y | x,y x,y"} is two strokes, the first
   * with a corner in its middle.
   */
  static Glyph parse(String notation) {
    return new Glyph(Arrays.stream(notation.split(" \\| ")).map(Glyph::stroke).toList());
  }

  private static List<Knot> stroke(String knots) {
    return Arrays.stream(knots.split(" ")).map(Glyph::knot).toList();
  }

  private static Knot knot(String word) {
    boolean corner = word.endsWith(CORNER);
    String[] xy = (corner ? word.substring(0, word.length() - 1) : word).split(",", 2);
    return new Knot(Double.parseDouble(xy[0]), Double.parseDouble(xy[1]), corner);
  }
}
