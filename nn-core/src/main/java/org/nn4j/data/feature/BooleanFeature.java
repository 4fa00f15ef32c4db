package org.nn4j.data.feature;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Decimal;

/**
 * Column of booleans: 1 for true, 0 for false, {@code fill} for a missing value.
 *
 * <p>Raw values are booleans, the numbers 0 and 1, or one of the strings true, t, yes, y, 1, false,
 * f, no, n, 0, ignoring case.
 *
 * @param name the name of the column
 * @param fill the number for a missing value; empty to refuse it
 * @param indicator whether a second number is 1 where the value is missing, else 0
 */
public record BooleanFeature(String name, OptionalDouble fill, boolean indicator)
    implements Feature {
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1", "1.0");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0", "0.0");

  /**
   * Checks the arguments.
   *
   * @param name the name of the column
   * @param fill the number for a missing value; empty to refuse it
   * @param indicator whether a second number marks missing values
   * @throws IllegalArgumentException if the fill is not finite, or there is an indicator without a
   *     fill
   */
  public BooleanFeature {
    Require.notNull(name, "BooleanFeature", "name");
    Require.notNull(fill, "BooleanFeature", "fill");
    fill.ifPresent(number -> Require.finite(number, NumberFeature.who(name), "fill"));
    Require.that(
        !indicator || fill.isPresent(),
        NumberFeature.who(name),
        "a fill beside the indicator",
        "no fill");
  }

  @Override
  public List<String> inputs() {
    return indicator ? List.of(name, name + " is missing") : List.of(name);
  }

  @Override
  public void encode(@Nullable Object raw, double[] to, int at) {
    Require.notNull(to, "BooleanFeature.encode", "to");
    double number = raw == null ? Double.NaN : number(raw);
    boolean missing = Double.isNaN(number);
    if (missing && fill.isEmpty()) {
      throw new FeatureException(
          name,
          "true or false",
          NumberFeature.found(raw),
          "supply it, or train with fillMissing(...)");
    }
    to[at] = missing ? fill.getAsDouble() : number;
    if (indicator) {
      to[at + 1] = missing ? 1 : 0;
    }
  }

  private double number(Object raw) {
    double value = raw instanceof Number number ? number.doubleValue() : Double.NaN;
    if (value == 0 || value == 1) {
      return value + 0.0; // −0 is 0
    }
    String text = raw.toString().strip().toLowerCase(Locale.ROOT);
    if (TRUE.contains(text)) {
      return 1;
    }
    if (FALSE.contains(text)) {
      return 0;
    }
    if (Decimal.isMissing(text)) {
      return Double.NaN;
    }
    throw new FeatureException(
        name, "true or false", NumberFeature.found(raw), "pass true, false, yes, no, 1 or 0");
  }

  /**
   * Returns whether a string is a boolean, such as {@code true} or {@code no}, but not a number.
   *
   * @param text a stripped string
   * @return whether a column of such strings is boolean
   */
  public static boolean isTruthText(String text) {
    String lower = Require.notNull(text, "BooleanFeature", "text").toLowerCase(Locale.ROOT);
    return (TRUE.contains(lower) || FALSE.contains(lower))
        && Double.isNaN(Decimal.POINT.parse(lower));
  }
}
