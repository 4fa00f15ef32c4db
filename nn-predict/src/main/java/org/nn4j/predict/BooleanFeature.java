package org.nn4j.predict;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Column of booleans: 1 for true, 0 for false, the fill for a missing value. */
final class BooleanFeature extends Feature {
  private static final Set<String> TRUE =
      new HashSet<>(Arrays.asList("true", "t", "yes", "y", "1", "1.0"));
  private static final Set<String> FALSE =
      new HashSet<>(Arrays.asList("false", "f", "no", "n", "0", "0.0"));

  private final MissingNumbers missing;

  BooleanFeature(String name, MissingNumbers missing) {
    super(name, missing.size());
    this.missing = missing;
  }

  @Override
  void encode(Object raw, float[] to, int at) {
    double number = raw == null ? Double.NaN : number(raw);
    if (Double.isNaN(number) && missing.isRefused()) {
      throw refused("true or false", raw, MissingNumbers.REMEDY);
    }
    to[at] = (float) missing.filled(number);
    missing.indicate(number, to, at);
  }

  /** Returns 1 or 0, or NaN for a missing value. */
  private double number(Object raw) {
    double value = raw instanceof Number number ? number.doubleValue() : 2;
    String text = Texts.strip(raw.toString()).toLowerCase(Locale.ROOT);
    if (value == 1 || TRUE.contains(text)) {
      return 1;
    }
    if (value == 0 || FALSE.contains(text)) {
      return 0;
    }
    if (Double.isNaN(value) || Decimal.isMissing(text)) {
      return Double.NaN;
    }
    throw refused("true or false", raw, "pass true, false, yes, no, 1 or 0");
  }
}
