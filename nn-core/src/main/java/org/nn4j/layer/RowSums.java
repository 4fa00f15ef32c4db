package org.nn4j.layer;

/**
 * Sums over a row of floats, in double precision.
 *
 * <p>Each has four partial sums, which shortens the chain of dependent additions.
 */
final class RowSums {
  private static final int PARTS = 4;

  private RowSums() {}

  /** Returns {@code Σ x}. */
  static double sum(float[] x, int at, int n) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int j = at;
    for (int end = at + n - n % PARTS; j < end; j += PARTS) {
      first += x[j];
      second += x[j + 1];
      third += x[j + 2];
      fourth += x[j + 3];
    }
    for (; j < at + n; j++) {
      first += x[j];
    }
    return first + second + (third + fourth);
  }

  /** Returns {@code Σ (x − μ)²}. */
  static double squares(float[] x, double mean, int at, int n) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int j = at;
    for (int end = at + n - n % PARTS; j < end; j += PARTS) {
      first += (x[j] - mean) * (x[j] - mean);
      second += (x[j + 1] - mean) * (x[j + 1] - mean);
      third += (x[j + 2] - mean) * (x[j + 2] - mean);
      fourth += (x[j + 3] - mean) * (x[j + 3] - mean);
    }
    for (; j < at + n; j++) {
      first += (x[j] - mean) * (x[j] - mean);
    }
    return first + second + (third + fourth);
  }

  /** Returns {@code Σ x y}. */
  static double products(float[] x, float[] y, int at, int n) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int j = at;
    for (int end = at + n - n % PARTS; j < end; j += PARTS) {
      first += (double) x[j] * y[j];
      second += (double) x[j + 1] * y[j + 1];
      third += (double) x[j + 2] * y[j + 2];
      fourth += (double) x[j + 3] * y[j + 3];
    }
    for (; j < at + n; j++) {
      first += (double) x[j] * y[j];
    }
    return first + second + (third + fourth);
  }
}
