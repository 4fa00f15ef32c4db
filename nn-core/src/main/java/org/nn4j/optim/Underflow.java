package org.nn4j.optim;

/**
 * Lower bound of the elements of a running mean of gradients.
 *
 * <p>Where gradients are 0 it decays to the smallest numbers above 0, which round to themselves
 * when they are multiplied by 0.9. Processors take several times as long to compute with such
 * numbers, as they are not normal. Rounding to multiples of a tiny normal number avoids them, and
 * changes no parameter: what such a mean adds to one is lost in rounding.
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
}
