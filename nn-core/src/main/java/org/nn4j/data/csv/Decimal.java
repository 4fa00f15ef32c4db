package org.nn4j.data.csv;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers as a file writes them.
 *
 * @param mark what stands before the decimals, {@code '.'} or {@code ','}
 */
record Decimal(char mark) {
  static final Decimal POINT = new Decimal('.');

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** Digits with marks between groups of three: a dot, comma, blank, apostrophe or underscore. */
  private static final Pattern GROUPED =
      Pattern.compile("[-+]?\\d{1,3}([., '\u2019_\u00a0\u2009\u202f]\\d{3})+([.,]\\d*)?");

  /** What tables have in place of a number that is not known. */
  private static final Set<String> MISSING =
      Set.of("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "?", ".");

  /** The number, or NaN if the text is none or it is beyond the range of a double. */
  double parse(String text) {
    String plain = text;
    if (mark != '.') {
      if (text.indexOf('.') >= 0) {
        return Double.NaN;
      }
      plain = text.replace(mark, '.');
    }
    // What Java takes besides, such as 1f and 0x1p3, is no number in a table.
    if (!NUMBER.matcher(plain).matches()) {
      return Double.NaN;
    }
    double number = Double.parseDouble(plain);
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** What a field should have been. */
  String expected() {
    return mark == '.' ? "a finite number" : "a finite number with the decimal mark '" + mark + "'";
  }

  /** What to do about a text that is no number. */
  String remedy(String text) {
    if (text.isEmpty()) {
      return "fill it in, or leave the line out";
    }
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      return "fill in what is missing, or leave the line out";
    }
    Decimal other = new Decimal(mark == '.' ? ',' : '.');
    boolean otherMark = text.indexOf(other.mark) >= 0 && !Double.isNaN(other.parse(text));
    if (GROUPED.matcher(text).matches()) {
      return "write it without marks between thousands" + (otherMark ? ", or " + set(other) : "");
    }
    return otherMark
        ? set(other)
        : "correct it, or say what the column is with categorical, label or ignore";
  }

  private static String set(Decimal other) {
    return "set decimal('" + other.mark + "') if that is the decimal mark of the file";
  }
}
