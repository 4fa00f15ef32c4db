package org.nn4j.mnist.digits;

import java.util.function.IntPredicate;

/**
 * A rectangle of pixels.
 *
 * @param left the first column
 * @param top the first row
 * @param right the column after the last
 * @param bottom the row after the last
 */
record Box(int left, int top, int right, int bottom) {
  /** The smallest that holds all pixels of a set; the longer side is negative if there is none. */
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
