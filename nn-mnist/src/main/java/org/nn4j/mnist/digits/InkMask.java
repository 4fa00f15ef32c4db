package org.nn4j.mnist.digits;

/**
 * The pixels of a picture that belong to its digit: those above the threshold, without specks, and
 * with the pinholes in the strokes filled.
 */
final class InkMask {
  /** Of the area of the largest piece of ink; the bar of a five that stands off is well above. */
  private static final double SPECK = 0.05;

  /** Of the area of the largest piece of ink; the loop of an eight is well above. */
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

  /** Where the digit is. */
  Box box() {
    return Box.around(width, ink.length, i -> ink[i]);
  }

  /** The field as it would be without specks and pinholes. */
  InkField clean(InkField field, double level) {
    float[] clean = new float[ink.length];
    for (int i = 0; i < clean.length; i++) {
      boolean looksLikeInk = field.at(i) > level;
      float corrected = ink[i] ? 1 : 0;
      clean[i] = looksLikeInk == ink[i] ? field.at(i) : corrected;
    }
    return field.with(clean);
  }
}
