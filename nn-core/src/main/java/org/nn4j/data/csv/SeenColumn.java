package org.nn4j.data.csv;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.nn4j.data.feature.BooleanFeature;
import org.nn4j.internal.Decimal;

/** Content of a column, from which its role is inferred. */
final class SeenColumn {
  /** Maximum number of different strings in a categorical column. */
  private static final int MAX_CATEGORIES = 100;

  /** Number of rows from which on different values identify rows. */
  private static final int MIN_ROWS = 20;

  /** Number of whole numbers that are compared with each other; it bounds the memory. */
  private static final int MAX_COMPARED = 10_000;

  private static final int MAX_DIGITS = 50;

  /** Largest double below which each whole number is exact. */
  private static final double MAX_EXACT = 0x1p53;

  /** Names that end with such a word, as in {@code customer_id}, {@code RowNo} and {@code Nr.}. */
  private static final Pattern IDENTIFYING_NAME =
      Pattern.compile(
          "(.*[^\\p{L}])?(?i:id|uuid|guid|no|nr|number|index|row)[^\\p{L}]*"
              + "|.*\\p{Ll}(Id|ID|Uuid|UUID|Guid|GUID|No|NO|Nr|NR|Number|Index|Row)[^\\p{L}]*",
          Pattern.DOTALL);

  private static final Decimal COMMA = new Decimal(',');

  private final Set<String> texts = new HashSet<>();
  private long count;
  private long empty;
  private long missing;
  private boolean isNumber = true;
  private boolean isNumberWithComma = true;
  private boolean isTruth = true;
  private final Notations notations = new Notations();
  private boolean isWhole = true;
  private boolean repeats;
  private boolean isAscending = true;
  private boolean isDescending = true;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  void add(String text) {
    count++;
    boolean isMissing = Decimal.isMissing(text);
    if (text.isEmpty()) {
      empty++;
    } else if (texts.size() < (isWhole && !repeats ? MAX_COMPARED : MAX_CATEGORIES + 1)) {
      repeats |= !texts.add(text) && !isMissing;
    }
    if (isMissing) {
      missing++;
      return;
    }
    double point = Decimal.POINT.parse(text);
    double comma = COMMA.parse(text);
    double number = Double.isNaN(point) ? comma : point;
    isNumber &= !Double.isNaN(point);
    isNumberWithComma &= !Double.isNaN(comma);
    isTruth = isTruth && BooleanFeature.isTruthText(text);
    notations.add(text, !Double.isNaN(number));
    isWhole &= number == Math.rint(number) && text.length() <= MAX_DIGITS;
    isAscending &= number > max;
    isDescending &= number < min;
    min = Math.min(min, number);
    max = Math.max(max, number);
  }

  boolean isNumberWithCommaAlone() {
    return count > missing && isNumberWithComma && !isNumber;
  }

  /**
   * Returns the role of the column.
   *
   * @param comma whether the decimal mark of the file is a comma
   */
  Roles.Inferred role(String column, boolean comma) {
    if (count == missing) {
      return ignored(column, "no value");
    }
    if (comma ? isNumberWithComma : isNumber) {
      return ofNumbers(column);
    }
    if (isTruth) {
      return inferred(column, new ColumnRole.Truth(), Examples.all(texts) + gaps(missing));
    }
    String reason = notations.reason();
    if (!reason.isEmpty()) {
      return ignored(column, reason);
    }
    return ofStrings(column);
  }

  Roles.Inferred ignored(String column, String reason) {
    return inferred(column, new ColumnRole.Ignored(), reason);
  }

  private Roles.Inferred inferred(String column, ColumnRole role, String found) {
    return new Roles.Inferred(column, role, found, different());
  }

  /** Numbers that number the rows are not inputs: those of later rows are others. */
  private Roles.Inferred ofNumbers(String column) {
    String range = text(min) + " to " + text(max) + gaps(missing);
    long numbers = count - missing;
    if (!isWhole || repeats || numbers < MIN_ROWS) {
      return inferred(column, new ColumnRole.Numeric(), range);
    }
    boolean isCompared = texts.size() < MAX_COMPARED || isAscending || isDescending;
    boolean isShuffledCounter = !isAscending && !isDescending && max - min + 1 <= 2.0 * numbers;
    String some = "the first " + MAX_COMPARED + " different";
    if (isShuffledCounter || IDENTIFYING_NAME.matcher(column).matches()) {
      String what = isCompared ? " different whole numbers, " : " whole numbers, " + some + ", ";
      return ignored(column, "an identifier: " + numbers + what + range);
    }
    String repetitions = isCompared ? "all different" : some;
    return inferred(column, new ColumnRole.Numeric(), range + ", " + repetitions);
  }

  private Roles.Inferred ofStrings(String column) {
    long strings = count - empty;
    boolean oneForEach = texts.size() == strings && count > 2;
    boolean mostlyDifferent = strings >= MIN_ROWS && 2L * texts.size() > strings;
    if (oneForEach) {
      return ignored(column, "only different strings" + Examples.suchAs(texts));
    }
    if (texts.size() > MAX_CATEGORIES || mostlyDifferent) {
      return ignored(
          column,
          different() + " different strings in " + strings + " rows" + Examples.suchAs(texts));
    }
    return inferred(column, new ColumnRole.Categorical(), Examples.all(texts) + gaps(empty));
  }

  /** Returns the number of different strings, such as classes. */
  private String different() {
    return texts.size() > MAX_CATEGORIES ? "over " + MAX_CATEGORIES : String.valueOf(texts.size());
  }

  private static String gaps(long number) {
    return number > 0 ? ", " + number + " missing" : "";
  }

  private static String text(double number) {
    boolean isExact = number == Math.rint(number) && Math.abs(number) < MAX_EXACT;
    return isExact ? String.valueOf((long) number) : String.valueOf(number);
  }
}
