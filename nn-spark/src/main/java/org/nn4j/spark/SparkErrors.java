package org.nn4j.spark;

/** Exceptions for wrong arguments. Not those of nn-core, without which scoring runs. */
final class SparkErrors {
  private static final String WHO = "SparkModel.";

  private SparkErrors() {}

  static IllegalArgumentException refused(
      String method, String expected, String found, String remedy) {
    return new IllegalArgumentException(
        WHO + method + ": expected " + expected + ", found " + found + "; " + remedy);
  }

  static <T> T notNull(T value, String method, String name) {
    if (value == null) {
      throw new NullPointerException(
          WHO
              + method
              + ": expected argument '"
              + name
              + "', found null; pass a value for '"
              + name
              + "'");
    }
    return value;
  }

  static void noNulls(Object[] values, String method, String name) {
    notNull(values, method, name);
    for (int i = 0; i < values.length; i++) {
      notNull(values[i], method, name + "[" + i + "]");
    }
  }
}
