package org.nn4j.predict;

/** Column of raw values, encoded as one or more elements of an input. Immutable. */
abstract class Feature {
  final String name;

  /** Returns the number of elements of an encoded value. */
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
   * @param at the index of the first one
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
