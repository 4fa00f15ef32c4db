package org.nn4j.predict;

/** Rule for missing numbers. Immutable. */
final class MissingNumbers {
  /** Remedy for a missing number that is refused. */
  static final String REMEDY = "supply it, or train with fillMissing(...)";

  /** Refuses missing numbers. */
  static final MissingNumbers REFUSED = new MissingNumbers(Double.NaN, false);

  private final double fill;
  private final boolean hasIndicator;

  /**
   * Fills with a number; with an indicator, a second element is 1 where the number is missing, else
   * 0.
   */
  MissingNumbers(double fill, boolean hasIndicator) {
    this.fill = fill;
    this.hasIndicator = hasIndicator;
  }

  boolean isRefused() {
    return Double.isNaN(fill);
  }

  /** Returns the number of elements of an encoded number. */
  int size() {
    return hasIndicator ? 2 : 1;
  }

  /** Returns the number, or the fill if it is NaN. */
  double filled(double number) {
    return Double.isNaN(number) ? fill : number;
  }

  /** Writes the indicator of the number at an index, if the rule has one. */
  void indicate(double number, float[] to, int at) {
    if (hasIndicator) {
      to[at + 1] = Double.isNaN(number) ? 1 : 0;
    }
  }
}
