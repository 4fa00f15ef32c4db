package org.nn4j.predict;

/** A column of raw values, and the elements of an input that each becomes. Immutable. */
abstract class Feature {
  final String name;

  /** How many elements a value becomes. */
  final int size;

  Feature(String name, int size) {
    this.name = name;
    this.size = size;
  }

  /**
   * Encodes a raw value.
   *
   * @param raw the value; null if it is missing
   * @param to receives the elements
   * @param at the index of the first
   * @throws FeatureException if the feature refuses the value
   */
  abstract void encode(Object raw, float[] to, int at);

  /** Returns a value as printed in messages. */
  static String found(Object raw) {
    return raw == null || Texts.strip(raw.toString()).isEmpty()
        ? "nothing"
        : "'" + Texts.brief(raw) + "'";
  }

  FeatureException refused(String expected, Object raw, String remedy) {
    return new FeatureException(name, expected, found(raw), remedy);
  }
}
