package org.nn4j.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.IntStream;

/** Formats of numbers, and selection of rows for a page. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);
  private static final int SMALLEST_PLAIN = -5;
  private static final int LARGEST_PLAIN = 9;

  private Numbers() {}

  /** Returns a number with five digits and a decimal point; integers have all digits. */
  static String text(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e9) {
      return Long.toString((long) number);
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    boolean isPlain = exponent >= SMALLEST_PLAIN && exponent < LARGEST_PLAIN;
    return isPlain ? rounded.toPlainString() : rounded.toString();
  }

  static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * share) : "NaN";
  }

  static String seconds(double seconds) {
    return seconds < 100
        ? text(seconds) + " s"
        : String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
  }

  /** Returns a limited number of evenly spaced indices, with the first and the last. */
  static int[] spread(int size, int most) {
    return size <= most
        ? IntStream.range(0, size).toArray()
        : IntStream.range(0, most)
            .map(i -> (int) Math.round((double) i * (size - 1) / (most - 1)))
            .toArray();
  }

  /** Returns a string, shortened to a maximum length. */
  static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
