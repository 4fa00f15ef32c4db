package org.nn4j.mnist.digits;

import java.util.Arrays;

/**
 * Box of 20 x 20 pixels that a digit fills in MNIST, and its position in the image of 28 x 28.
 *
 * <p>Each pixel contains the depth of its center in the ink, in pixels: positive inside, negative
 * outside. Its gray rises from 0 to 1 over {@value #SOFTNESS} pixels across the edge. Uses only
 * basic arithmetic and square roots, which IEEE 754 rounds the same way everywhere.
 */
final class InkBox {
  /** Pixels of a side of the box. */
  static final int SIDE = 20;

  /** Pixels of a side of the whole image. */
  static final int IMAGE_SIDE = 28;

  /** Pixels of an image. */
  static final int IMAGE_PIXELS = IMAGE_SIDE * IMAGE_SIDE;

  private static final double SOFTNESS = 1.2;
  private static final int FULL_INK = 255;

  private final double[] depth = new double[SIDE * SIDE];

  InkBox() {
    Arrays.fill(depth, Double.NEGATIVE_INFINITY);
  }

  void deepen(int row, int column, double pixels) {
    int i = row * SIDE + column;
    depth[i] = Math.max(depth[i], pixels);
  }

  /** Draws a straight line with a round pen; coordinates are pixels from the upper left corner. */
  void draw(double x0, double y0, double x1, double y1, double radius) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squaredLength = dx * dx + dy * dy;
    double reach = radius + SOFTNESS;
    int lastRow = pixel(Math.max(y0, y1) + reach);
    int lastColumn = pixel(Math.max(x0, x1) + reach);
    for (int row = pixel(Math.min(y0, y1) - reach); row <= lastRow; row++) {
      for (int column = pixel(Math.min(x0, x1) - reach); column <= lastColumn; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double along = squaredLength > 0 ? (px * dx + py * dy) / squaredLength : 0;
        double t = Math.min(Math.max(along, 0), 1);
        double ex = px - t * dx;
        double ey = py - t * dy;
        deepen(row, column, radius - Math.sqrt(ex * ex + ey * ey));
      }
    }
  }

  private static int pixel(double coordinate) {
    return (int) Math.min(Math.max(coordinate, 0), SIDE - 1);
  }

  /**
   * Returns the image, 28 x 28 row by row: the box moved by whole pixels so that the center of mass
   * of its ink is nearest to the center of pixel (14, 14), as in MNIST's images.
   */
  byte[] image() {
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int i = 0; i < depth.length; i++) {
      int row = i / SIDE;
      double ink = ink(i);
      mass += ink;
      momentX += ink * (i % SIDE);
      momentY += ink * row;
    }
    int left = margin(momentX / mass);
    int top = margin(momentY / mass);
    byte[] image = new byte[IMAGE_PIXELS];
    for (int i = 0; i < depth.length; i++) {
      int target = (top + i / SIDE) * IMAGE_SIDE + left + i % SIDE;
      image[target] = (byte) (int) (FULL_INK * ink(i) + 0.5);
    }
    return image;
  }

  private double ink(int i) {
    return Math.min(Math.max(depth[i] / SOFTNESS + 0.5, 0), 1);
  }

  private static int margin(double center) {
    int wanted = (int) Math.floor(IMAGE_SIDE / 2.0 - center + 0.5);
    return Math.min(Math.max(wanted, 0), IMAGE_SIDE - SIDE);
  }
}
