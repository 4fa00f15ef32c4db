package org.nn4j.data.feature;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Decimal;
import org.nn4j.internal.Texts;

/**
 * Column of numbers.
 *
 * <pre>
 * x = (raw − mean) / deviation     raw = fill where the value is missing
 * </pre>
 *
 * <p>Raw values are numbers, or strings with a decimal point. Null, NaN and strings such as "" and
 * "NA" are missing. The encoded number must be in the range of float.
 *
 * @param name the name of the column
 * @param bounds the minimum and the maximum of the training data, for users; not enforced
 * @param mean subtracted
 * @param deviation the divisor, not 0
 * @param fill the number for a missing value; empty to refuse it
 * @param indicator whether a second number is 1 where the value is missing, else 0
 */
public record NumberFeature(
    String name,
    Bounds bounds,
    double mean,
    double deviation,
    OptionalDouble fill,
    boolean indicator)
    implements Feature {
  /**
   * Minimum and maximum.
   *
   * @param min the minimum
   * @param max the maximum
   */
  public record Bounds(double min, double max) {
    /**
     * Checks the arguments.
     *
     * @param min the minimum
     * @param max the maximum
     * @throws IllegalArgumentException if they are not finite, or in the wrong order
     */
    public Bounds {
      Require.finite(min, "NumberFeature", "minimum");
      Require.finite(max, "NumberFeature", "maximum");
      Require.that(min <= max, "NumberFeature", "a minimum that is at most the maximum", min);
    }
  }

  /**
   * Checks the arguments.
   *
   * @param name the name of the column
   * @param bounds the minimum and the maximum of the training data
   * @param mean subtracted
   * @param deviation the divisor, not 0
   * @param fill the number for a missing value; empty to refuse it
   * @param indicator whether a second number marks missing values
   * @throws IllegalArgumentException if a number is not finite, the deviation is 0, or there is an
   *     indicator without a fill
   */
  public NumberFeature {
    Require.notNull(name, "NumberFeature", "name");
    Require.notNull(bounds, "NumberFeature", "bounds");
    Require.notNull(fill, "NumberFeature", "fill");
    Require.finite(mean, who(name), "mean");
    Require.that(
        deviation != 0 && Double.isFinite(deviation),
        who(name),
        "a deviation that is finite and not 0",
        deviation);
    fill.ifPresent(number -> Require.finite(number, who(name), "fill"));
    Require.that(
        !indicator || fill.isPresent(), who(name), "a fill beside the indicator", "no fill");
  }

  @Override
  public List<String> inputs() {
    return indicator ? List.of(name, name + " is missing") : List.of(name);
  }

  @Override
  public void encode(@Nullable Object raw, double[] to, int at) {
    Require.notNull(to, "NumberFeature.encode", "to");
    double number = number(raw);
    boolean missing = Double.isNaN(number);
    if (missing && fill.isEmpty()) {
      throw new FeatureException(
          name, "a finite number", found(raw), "supply it, or train with fillMissing(...)");
    }
    double encoded = ((missing ? fill.getAsDouble() : number) - mean) / deviation;
    if (!Float.isFinite((float) encoded)) {
      throw new FeatureException(
          name,
          "a number that is in the range of float when it is encoded",
          found(raw),
          "correct the number or its unit");
    }
    to[at] = encoded;
    if (indicator) {
      to[at + 1] = missing ? 1 : 0;
    }
  }

  private double number(@Nullable Object raw) {
    double number =
        raw instanceof Number value
            ? value.doubleValue()
            : raw instanceof CharSequence text ? Decimal.POINT.parse(text.toString().strip()) : 0;
    boolean isMissing =
        raw == null
            || (raw instanceof Number && Double.isNaN(number))
            || (raw instanceof CharSequence text && Decimal.isMissing(text.toString().strip()));
    if (isMissing) {
      return Double.NaN;
    }
    if (!(raw instanceof Number || raw instanceof CharSequence) || !Double.isFinite(number)) {
      throw new FeatureException(
          name, "a finite number", found(raw), "pass a number, or a string with a decimal point");
    }
    return number;
  }

  static String who(String name) {
    return "feature '" + name + "'";
  }

  static String found(@Nullable Object raw) {
    return raw == null || raw.toString().isBlank() ? "nothing" : "'" + Texts.brief(raw) + "'";
  }
}
