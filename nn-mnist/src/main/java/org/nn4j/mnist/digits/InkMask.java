package org.nn4j.mnist.digits;

import java.util.function.IntPredicate;

/**
 * Pixels of the digit of a picture: those above the threshold, without specks and with pinholes in
 * the strokes filled.
 */
final class InkMask {
  /** Share of the area of the largest piece of ink; the detached bar of a five is well above. */
  private static final double SPECK = 0.05;

  /** Share of the area of the largest piece of ink; the loop of an eight is well above. */
  private static final double PINHOLE = 0.005;

  private final int width;
  private final boolean[] ink;

  InkMask(InkField field, double level) {
    width = field.width();
    ink = new boolean[field.pixels()];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = field.at(i) > level;
    }
    Regions pieces = new Regions(width, ink, true);
    double speck = SPECK * pieces.largest();
    double pinhole = PINHOLE * pieces.largest();
    for (int i = 0; i < ink.length; i++) {
      ink[i] = pieces.sizeAround(i) > speck;
    }
    Regions holes = new Regions(width, paper(), false);
    for (int i = 0; i < ink.length; i++) {
      ink[i] |= holes.sizeAround(i) <= pinhole;
    }
  }

  private boolean[] paper() {
    boolean[] paper = new boolean[ink.length];
    for (int i = 0; i < ink.length; i++) {
      paper[i] = !ink[i];
    }
    return paper;
  }

  /** Returns the bounds of the digit. */
  Box box() {
    return Box.around(width, ink.length, i -> ink[i]);
  }

  /** Returns the field without specks and pinholes. */
  InkField clean(InkField field, double level) {
    float[] clean = new float[ink.length];
    for (int i = 0; i < clean.length; i++) {
      boolean looksLikeInk = field.at(i) > level;
      float corrected = ink[i] ? 1 : 0;
      clean[i] = looksLikeInk == ink[i] ? field.at(i) : corrected;
    }
    return field.with(clean);
  }

  /**
   * Rectangle of pixels.
   *
   * @param left the first column
   * @param top the first row
   * @param right the column after the last
   * @param bottom the row after the last
   */
  record Box(int left, int top, int right, int bottom) {
    /**
     * Returns the smallest box around a set of pixels; its longer side is negative if it is empty.
     */
    static Box around(int width, int pixels, IntPredicate set) {
      int left = Integer.MAX_VALUE;
      int top = Integer.MAX_VALUE;
      int right = 0;
      int bottom = 0;
      for (int i = 0; i < pixels; i++) {
        if (set.test(i)) {
          left = Math.min(left, i % width);
          top = Math.min(top, i / width);
          right = Math.max(right, i % width + 1);
          bottom = Math.max(bottom, i / width + 1);
        }
      }
      return new Box(left, top, right, bottom);
    }

    int longerSide() {
      return Math.max(right - left, bottom - top);
    }

    double middleX() {
      return (left + right) / 2.0;
    }

    double middleY() {
      return (top + bottom) / 2.0;
    }
  }
}
