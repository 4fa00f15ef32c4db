package org.nn4j.predict;

import java.io.Serial;

/** Thrown for a raw value that a feature refuses, or for a missing or unknown feature. */
public final class FeatureException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  /** The name of the feature. */
  private final String feature;

  /** What was expected. */
  private final String expected;

  /** What was found. */
  private final String found;

  /** What to do. */
  private final String remedy;

  FeatureException(String feature, String expected, String found, String remedy) {
    this("", feature, expected, found, remedy);
  }

  private FeatureException(
      String where, String feature, String expected, String found, String remedy) {
    super(Texts.message(where + "feature '" + feature + "'", expected, found, remedy));
    this.feature = feature;
    this.expected = expected;
    this.found = found;
    this.remedy = remedy;
  }

  /**
   * Returns this exception with the index of the row.
   *
   * @param index of the row, from 0
   * @return an exception with the row in its message
   */
  public FeatureException inRow(int index) {
    return new FeatureException("row at index " + index + ", ", feature, expected, found, remedy);
  }

  /**
   * Returns the name of the feature.
   *
   * @return such as {@code "age"}
   */
  public String feature() {
    return feature;
  }

  /**
   * Returns what was expected.
   *
   * @return such as {@code "a finite number"}
   */
  public String expected() {
    return expected;
  }

  /**
   * Returns what was found.
   *
   * @return such as {@code "nothing"}
   */
  public String found() {
    return found;
  }

  /**
   * Returns what to do.
   *
   * @return the last part of the message
   */
  public String remedy() {
    return remedy;
  }
}
