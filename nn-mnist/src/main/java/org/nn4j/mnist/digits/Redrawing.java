package org.nn4j.mnist.digits;

import java.util.Arrays;

/**
 * A digit of any size redrawn in MNIST's box, with a pen as wide as MNIST's writers had.
 *
 * <p>The digit is first brought to one working size, whose longer side is {@value #DIGIT} pixels
 * (up or down), where distances to the edge of the ink are taken. The pen's width is four times the
 * mean depth under the ink, as in a long strip. Moving the edge by a number of pixels makes the pen
 * thinner or thicker; the result is scaled to the box.
 */
final class Redrawing {
  private static final int DIGIT = 160;

  /** Room for a pen that gets thicker. */
  private static final int MARGIN = 16;

  private static final int SIDE = DIGIT + 2 * MARGIN;
  private static final double MIDDLE = SIDE / 2.0;

  /** In pixels of the box: of MNIST's training images a quarter have a thinner pen ... */
  private static final double MIN_PEN = 2.3;

  /** ... and a quarter a thicker one. */
  private static final double MAX_PEN = 3.1;

  /** Of the deepest point, so that some ink is left of any digit. */
  private static final double MOST_EROSION = 0.7;

  private final DistanceField field;

  private Redrawing(DistanceField field) {
    this.field = field;
  }

  /** The part of a field within a box, at the working size. */
  static Redrawing of(InkField field, double level, Box box) {
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
   * Whether there is ink in a square, looked for at as many points as it covers pixels. Not the
   * mean ink: a hairline in a large picture would get lost.
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

  /** The width of the pen, in pixels of a box that the digit fills. */
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
   * By how much the edge of the ink moves outwards so that the pen is as wide as it should be: with
   * the pen {@code w} of a digit of side {@code h}, and a growth {@code g} on both sides, {@code (w
   * + 2g) / (h + 2g)} becomes the share of the box that the wanted pen has.
   */
  private double growth() {
    double wanted = Math.min(Math.max(pen(), MIN_PEN), MAX_PEN) / InkBox.SIDE;
    double width = pen() / InkBox.SIDE * DIGIT;
    double growth = (wanted * DIGIT - width) / (2 * (1 - wanted));
    return Math.max(growth, -MOST_EROSION * Arrays.stream(field.depth()).max().orElse(0));
  }

  /** The digit with its edge moved, in the box whose longer side it fills. */
  InkBox draw() {
    double growth = growth();
    Box extent = extent(growth);
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

  private Box extent(double growth) {
    double[] depth = field.depth();
    return Box.around(SIDE, depth.length, i -> depth[i] + growth > 0);
  }
}
