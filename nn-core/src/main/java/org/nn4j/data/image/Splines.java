package org.nn4j.data.image;

import java.util.random.RandomGenerator;

/** Cubic B-splines of a line of pixels; four of them reach each pixel. */
final class Splines {
  /** Number of splines that reach a pixel. */
  static final int REACH = 4;

  private final int[] first;
  private final float[] weights;

  private Splines(int[] first, float[] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** Returns splines with knots a spacing apart, the first of them at random. */
  static Splines of(int pixels, double spacing, RandomGenerator random) {
    double origin = 0.5 * (1 + UniformNumber.symmetric(random));
    int[] first = new int[pixels];
    float[] weights = new float[pixels * REACH];
    for (int i = 0; i < pixels; i++) {
      double at = i / spacing + origin;
      first[i] = (int) at;
      double t = at - first[i];
      double r = 1 - t;
      weights[i * REACH] = (float) (r * r * r / 6);
      weights[i * REACH + 1] = (float) ((3 * t * t * t - 6 * t * t + 4) / 6);
      weights[i * REACH + 2] = (float) ((3 * r * r * r - 6 * r * r + 4) / 6);
      weights[i * REACH + 3] = (float) (t * t * t / 6);
    }
    return new Splines(first, weights);
  }

  int knots() {
    return first[first.length - 1] + REACH;
  }

  /** Returns the first of the splines that reach a pixel. */
  int first(int pixel) {
    return first[pixel];
  }

  /** Returns the value at a pixel of the spline {@code first(pixel) + index}. */
  float weight(int pixel, int index) {
    return weights[pixel * REACH + index];
  }

  /** Returns the sum at a pixel of splines with coefficients. */
  float at(int pixel, float[] u) {
    int j = first[pixel];
    int k = pixel * REACH;
    return u[j] * weights[k]
        + u[j + 1] * weights[k + 1]
        + u[j + 2] * weights[k + 2]
        + u[j + 3] * weights[k + 3];
  }
}
