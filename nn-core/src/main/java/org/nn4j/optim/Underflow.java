package org.nn4j.optim;

/**
 * Lower bounds of running means. Processors take several times as long to compute with the smallest
 * numbers above 0, which are not normal.
 *
 * <ul>
 *   <li>A mean of gradients decays to such numbers where gradients are 0, and stays there: they
 *       round to themselves when they are multiplied by 0.9. {@link #avoid} rounds it to multiples
 *       of a tiny normal number.
 *   <li>A weighted square {@code c g²} is such a number where a unit is saturated. {@link #size}
 *       replaces {@code |g|} by a lower bound.
 * </ul>
 *
 * <p>Neither changes a parameter: what they add is lost in rounding, that of a square when ε is
 * added to the root. Squares of doubles need no bound.
 */
final class Underflow {
  /** The last bit of this number is worth 2⁻¹⁰⁰. */
  private static final float OF_FLOATS = 0x1p-77f;

  /** The last bit of this number is worth 2⁻⁹⁰⁰. */
  private static final double OF_DOUBLES = 0x1p-848;

  private Underflow() {}

  static float avoid(float x) {
    return x + OF_FLOATS - OF_FLOATS;
  }

  static double avoid(double x) {
    return x + OF_DOUBLES - OF_DOUBLES;
  }

  /** Returns the smallest |g| for which c g² is normal, or one that is lost beside ε. */
  static float least(float c, float epsilon) {
    return Math.min((float) Math.sqrt(2 * Float.MIN_NORMAL / c), epsilon * 0x1p-26f);
  }

  /** Returns |g|, or its lower bound. */
  static float size(float g, float least) {
    return Math.max(Math.abs(g), least);
  }
}
