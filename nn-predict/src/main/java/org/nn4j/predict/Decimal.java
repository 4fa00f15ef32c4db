package org.nn4j.predict;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Numbers in the notation of tables, with a decimal point. */
final class Decimal {
  /** Limit, because the time of BigDecimal grows with the square of the length. */
  private static final int LONGEST_EXACT = 1000;

  /** Notations of a missing number in tables. */
  private static final Set<String> MISSING =
      new HashSet<>(
          Arrays.asList("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "?", "."));

  private Decimal() {}

  /** Returns the number, or NaN if the string is not a number or exceeds the range of a double. */
  static double parse(String text) {
    double number = isNumber(text) ? Double.parseDouble(text) : Double.NaN;
    return Double.isInfinite(number) ? Double.NaN : number;
  }

  /**
   * Returns the number with all its digits; null if {@link #parse} refuses the string, it has over
   * 1,000 characters, or its exponent exceeds an int.
   */
  static BigDecimal exact(String text) {
    if (text.length() > LONGEST_EXACT || Double.isNaN(parse(text))) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Returns whether a string is {@code [-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?}: other
   * notations of Java, such as 1f and 0x1p3, are not numbers of a table. One pass over the string.
   */
  private static boolean isNumber(String text) {
    int start = sign(text, 0);
    int at = digits(text, start);
    int count = at - start;
    if (at < text.length() && text.charAt(at) == '.') {
      int fraction = at + 1;
      at = digits(text, fraction);
      count += at - fraction;
    }
    if (count > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = sign(text, at + 1);
      at = digits(text, exponent);
      count = at - exponent;
    }
    return count > 0 && at == text.length();
  }

  private static int sign(String text, int at) {
    boolean isSign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return isSign ? at + 1 : at;
  }

  /** Returns the index after the digits at an index. */
  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** Returns whether a string is a missing value, such as an empty string, NA or a dash. */
  static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }
}
