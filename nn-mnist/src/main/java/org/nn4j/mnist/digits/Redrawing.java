package org.nn4j.mnist.digits;

import java.util.Arrays;

/**
 * Digit of any size redrawn in MNIST's box, with strokes as wide as MNIST's.
 *
 * <p>The digit is first scaled to a longer side of {@value #DIGIT} pixels, where distances to the
 * edge of the ink are computed. The width of the pen is four times the mean depth in the ink, as in
 * a long strip. Moving the edge makes the pen thinner or thicker; the result is scaled to the box.
 */
final class Redrawing {
  private static final int DIGIT = 160;

  /** Margin for a thicker pen. */
  private static final int MARGIN = 16;

  private static final int SIDE = DIGIT + 2 * MARGIN;
  private static final double MIDDLE = SIDE / 2.0;

  /** Smallest pen in pixels of the box; a quarter of MNIST's training images have a thinner one. */
  private static final double MIN_PEN = 2.3;

  /** Largest pen in pixels of the box; a quarter of MNIST's training images have a thicker one. */
  private static final double MAX_PEN = 3.1;

  /** Largest erosion as a share of the largest depth, so that some ink remains of any digit. */
  private static final double MAX_EROSION = 0.7;

  private final DistanceField field;

  private Redrawing(DistanceField field) {
    this.field = field;
  }

  /** Scales the part of a field within a box. */
  static Redrawing of(InkField field, double level, InkMask.Box box) {
    double pixel = (double) box.longerSide() / DIGIT;
    boolean[] ink = new boolean[SIDE * SIDE];
    for (int i = 0; i < ink.length; i++) {
      int row = i / SIDE;
      double x = box.middleX() + (i % SIDE - MIDDLE) * pixel;
      double y = box.middleY() + (row - MIDDLE) * pixel;
      ink[i] = touches(field, level, x, y, pixel);
    }
    return new Redrawing(new DistanceField(SIDE, ink));
  }

  /**
   * Returns whether there is ink in a square, sampled at as many points as it covers pixels. The
   * mean would lose a hairline in a large picture.
   */
  private static boolean touches(
      InkField field, double level, double left, double top, double side) {
    int points = (int) Math.ceil(side);
    double step = side / points;
    for (int i = 0; i < points * points; i++) {
      int row = i / points;
      double x = left + (i % points + 0.5) * step;
      double y = top + (row + 0.5) * step;
      if (field.between(x, y) > level) {
        return true;
      }
    }
    return false;
  }

  /** Returns the width of the pen, in pixels of a box that the digit fills. */
  double pen() {
    return 4 * meanDepth() * InkBox.SIDE / DIGIT;
  }

  private double meanDepth() {
    double sum = 0;
    int count = 0;
    for (double depth : field.depth()) {
      if (depth > 0) {
        sum += depth;
        count++;
      }
    }
    return sum / count;
  }

  /**
   * Returns the distance to move the edge of the ink outwards. With the pen {@code w} of a digit of
   * side {@code h}, and a growth {@code g} on both sides, {@code (w + 2g) / (h + 2g)} becomes the
   * share of the box of the required pen.
   */
  private double growth() {
    double wanted = Math.min(Math.max(pen(), MIN_PEN), MAX_PEN) / InkBox.SIDE;
    double width = pen() / InkBox.SIDE * DIGIT;
    double growth = (wanted * DIGIT - width) / (2 * (1 - wanted));
    return Math.max(growth, -MAX_EROSION * Arrays.stream(field.depth()).max().orElse(0));
  }

  /** Returns the digit with its edge moved, in the box whose longer side it fills. */
  InkBox draw() {
    double growth = growth();
    InkMask.Box extent = extent(growth);
    double scale = (double) InkBox.SIDE / extent.longerSide();
    double left = extent.middleX() - InkBox.SIDE / 2.0 / scale;
    double top = extent.middleY() - InkBox.SIDE / 2.0 / scale;
    InkBox box = new InkBox();
    for (int row = 0; row < InkBox.SIDE; row++) {
      for (int column = 0; column < InkBox.SIDE; column++) {
        double x = left + (column + 0.5) / scale;
        double y = top + (row + 0.5) / scale;
        box.deepen(row, column, (field.between(x, y) + growth) * scale);
      }
    }
    return box;
  }

  private InkMask.Box extent(double growth) {
    double[] depth = field.depth();
    return InkMask.Box.around(SIDE, depth.length, i -> depth[i] + growth > 0);
  }
}
