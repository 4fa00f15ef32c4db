package org.nn4j.internal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** Returns whether a string is a missing value, such as an empty string, NA or a dash. */
  public static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }
}
