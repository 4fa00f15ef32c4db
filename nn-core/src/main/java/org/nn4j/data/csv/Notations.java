package org.nn4j.data.csv;

import java.util.regex.Pattern;
import org.nn4j.internal.Decimal;

/**
 * Notations of dates, and of numbers that are not plain, in a column of which each field has one.
 */
final class Notations {
  private static final String DAY = "(0?[1-9]|[12]\\d|3[01])";
  private static final String NAMED_MONTH = "\\p{L}{3,9}\\.?";
  private static final String TIME = "\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[AaPp]\\.?[Mm]\\.?)?";

  /** Such as 2024-12-12, 12.12.24, 12/31/2024 and 12 Dec 2024, each with or without a time. */
  private static final Pattern DATE =
      Pattern.compile(
          ("(\\d{4}[-/.]DAY[-/.]DAY|DAY[-/.] ?DAY[-/.] ?(\\d{4}|\\d{2})"
                  + "|DAY[-. /]{1,2}MONTH[-. /](\\d{4}|\\d{2})|MONTH DAY,? \\d{4})"
                  + "([T ,]{1,2}TIME ?(Z|UTC|GMT)?([-+]\\d{2}:?(\\d{2})?)?)?")
              .replace("DAY", DAY)
              .replace("MONTH", NAMED_MONTH)
              .replace("TIME", TIME));

  private static final Pattern SIGNS = Pattern.compile("\\s?[%\u2030\\p{Sc}]\\s?");

  /** Length from which on a string is neither a date nor a number of a table. */
  private static final int TOO_LONG = 60;

  private static final Decimal COMMA = new Decimal(',');

  private boolean areDates = true;
  private boolean areNumbers = true;
  private boolean havePercents;
  private boolean haveCurrencies;
  private String example = "";

  /**
   * Adds a field with a value.
   *
   * @param isPlain whether it is a number with one of both decimal marks
   */
  void add(String text, boolean isPlain) {
    boolean isShort = text.length() < TOO_LONG;
    areDates = areDates && isShort && DATE.matcher(text).matches();
    if (areNumbers && !isPlain) {
      areNumbers = isShort && isNumber(SIGNS.matcher(text).replaceAll(""));
      boolean isPercent = text.indexOf('%') >= 0 || text.indexOf('\u2030') >= 0;
      havePercents |= isPercent;
      haveCurrencies |= !isPercent && SIGNS.matcher(text).find();
    }
    if (example.isEmpty() || !isPlain) {
      example = text;
    }
  }

  private static boolean isNumber(String text) {
    return !Double.isNaN(Decimal.POINT.parse(text))
        || !Double.isNaN(COMMA.parse(text))
        || EncodedColumn.GROUPED.matcher(text).matches();
  }

  /** Returns why the column is neither numeric nor categorical; an empty string if it may be. */
  String reason() {
    if (areDates) {
      return "dates, such as " + example + "; derive numbers from them";
    }
    if (!areNumbers) {
      return "";
    }
    String with = "thousands separators or another decimal mark";
    if (havePercents) {
      with = "a percent sign";
    } else if (haveCurrencies) {
      with = "a currency sign";
    }
    return "numbers with " + with + ", such as " + example + "; write them plainly";
  }
}
