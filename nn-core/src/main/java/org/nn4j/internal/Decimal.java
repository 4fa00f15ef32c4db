package org.nn4j.internal;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in the notation of tables.
 *
 * @param mark the decimal mark, {@code '.'} or {@code ','}
 */
public record Decimal(char mark) {
  /** With a decimal point. */
  public static final Decimal POINT = new Decimal('.');

  /** Without backtracking, so the time is proportional to the length of the string. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d++\\.?\\d*+|\\.\\d++)([eE][-+]?\\d++)?");

  /** Limit, because the time of BigDecimal grows with the square of the length. */
  private static final int LONGEST_EXACT = 1000;

  /** Notations of a missing number in tables. */
  private static final Set<String> MISSING =
      Set.of("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "?", ".");

  /** Returns the number, or NaN if the string is not a number or exceeds the range of a double. */
  public double parse(String text) {
    String plain = text;
    if (mark != '.') {
      if (text.indexOf('.') >= 0) {
        return Double.NaN;
      }
      plain = text.replace(mark, '.');
    }
    // Other notations of Java, such as 1f and 0x1p3, are not numbers of a table.
    if (!NUMBER.matcher(plain).matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(plain);
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /**
   * Returns the number with all its digits; null if {@link #parse} refuses the string, it has over
   * 1,000 characters, or its exponent exceeds an int.
   */
  public @Nullable BigDecimal exact(String text) {
    if (text.length() > LONGEST_EXACT || Double.isNaN(parse(text))) {
      return null;
    }
    try {
      return new BigDecimal(text.replace(mark, '.'));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns whether a string is a missing value, such as an empty string, NA or a dash. */
  public static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }
}
