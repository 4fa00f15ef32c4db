package org.nn4j.predict;

/**
 * Column of numbers, or of strings with a decimal point.
 *
 * <pre>
 * x = (raw − mean) / deviation     raw = fill where the value is missing
 * </pre>
 */
final class NumberFeature extends Feature {
  private final double mean;
  private final double deviation;
  private final MissingNumbers missing;

  NumberFeature(String name, double mean, double deviation, MissingNumbers missing) {
    super(name, missing.size());
    this.mean = mean;
    this.deviation = deviation;
    this.missing = missing;
  }

  @Override
  void encode(Object raw, float[] to, int at) {
    double number = number(raw);
    if (Double.isNaN(number) && missing.isRefused()) {
      throw refused("a finite number", raw, MissingNumbers.REMEDY);
    }
    float encoded = (float) ((missing.filled(number) - mean) / deviation);
    if (Float.isInfinite(encoded)) {
      throw refused(
          "a number that is in the range of float when it is encoded",
          raw,
          "correct the number or its unit");
    }
    to[at] = encoded;
    missing.indicate(number, to, at);
  }

  /** Returns the number, or NaN if it is missing. */
  private double number(Object raw) {
    if (raw == null) {
      return Double.NaN;
    }
    double number = Double.POSITIVE_INFINITY;
    if (raw instanceof Number value) {
      number = value.doubleValue();
    } else if (raw instanceof CharSequence) {
      String text = Texts.strip(raw.toString());
      number = Decimal.parse(text);
      if (Double.isNaN(number) && !Decimal.isMissing(text)) {
        number = Double.POSITIVE_INFINITY;
      }
    }
    if (Double.isInfinite(number)) {
      throw refused("a finite number", raw, "pass a number, or a string with a decimal point");
    }
    return number;
  }
}
