package org.nn4j.internal.kernel;

/**
 * Functions for loops over floats.
 *
 * <p>The exponential function is within 1e-10 of {@link Math#exp} relative to it, a thousandth of
 * what a float resolves, in half its time: {@code e^x = 2^n · 2^(i/64) · e^r}: the first factor is
 * an exponent, the second is looked up, and the third a polynomial, as {@code |r| ≤ ln 2 / 128}.
 * Source: Tang 1989, "Table-driven implementation of the exponential function in IEEE
 * floating-point arithmetic".
 */
public final class Functions {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;
  private static final double STEP = StrictMath.log(2) / STEPS;

  /** Adding it to a number moves its rounded value into the low bits. */
  private static final double ROUND = 0x1.8p52;

  /** Beyond, the result is no normal number, which {@link Math#exp} handles. */
  private static final double RANGE = 700;

  /** Below it, {@link #tanh} by way of {@code e^(2x)} would lose digits. */
  private static final double SMALL = 0.01;

  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
  private static final int FRACTION_BITS = 52;

  /** The bits of {@code 2^(i/64)}. */
  private static final long[] ROOTS = new long[STEPS];

  static {
    for (int i = 0; i < STEPS; i++) {
      ROOTS[i] = Double.doubleToRawLongBits(StrictMath.pow(2, (double) i / STEPS));
    }
  }

  private Functions() {}

  /**
   * {@code e^x}.
   *
   * @param x any number
   * @return within 1e-10 of it, relative to it
   */
  public static double exp(double x) {
    if (!(Math.abs(x) < RANGE)) {
      return Math.exp(x);
    }
    double rounded = x * (1 / STEP) + ROUND;
    int steps = (int) Double.doubleToRawLongBits(rounded);
    double r = x - (rounded - ROUND) * STEP;
    double ofRest = 1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6)));
    long exponent = (long) (steps >> STEP_BITS) << FRACTION_BITS;
    return Double.longBitsToDouble(ROOTS[steps & (STEPS - 1)] + exponent) * ofRest;
  }

  /**
   * {@code tanh x = (e^(2x) − 1) / (e^(2x) + 1)}, to within a tenth of what a float resolves.
   *
   * <p>Near 0 the first terms of its series: {@code x − x³/3 + 2x⁵/15}.
   *
   * @param x any number
   * @return its hyperbolic tangent
   */
  public static double tanh(double x) {
    if (Math.abs(x) < SMALL) {
      double square = x * x;
      return x * (1 - square * (1.0 / 3 - square * (2.0 / 15)));
    }
    return 1 - 2 / (exp(2 * x) + 1); // also where e^(2x) is infinite
  }

  /**
   * {@code φ(x) = e^(−x²/2) / √(2π)}, the density of the normal distribution.
   *
   * @param x any number
   * @return within 1e-9 of it, relative to it
   */
  public static double normalDensity(double x) {
    return exp(-x * x / 2) / SQRT_2_PI;
  }

  /**
   * {@code Φ(x) = erfc(−x/√2) / 2}, the share of the normal distribution below x.
   *
   * <p>Source of erfc: Press et al., "Numerical Recipes in C", 2nd edition, section 6.2, {@code
   * erfcc}, a Chebyshev fit.
   *
   * @param x any number
   * @return within 1.2e-7 of it, relative to it or to {@code 1 − Φ(x)}: as a float resolves
   */
  public static double normalCumulative(double x) {
    double z = Math.abs(x) / SQRT_2;
    double t = 1 / (1 + z / 2);
    double fit = 0.17087277;
    fit = -0.82215223 + t * fit;
    fit = 1.48851587 + t * fit;
    fit = -1.13520398 + t * fit;
    fit = 0.27886807 + t * fit;
    fit = -0.18628806 + t * fit;
    fit = 0.09678418 + t * fit;
    fit = 0.37409196 + t * fit;
    fit = 1.00002368 + t * fit;
    double beyond = t * exp(-z * z - 1.26551223 + t * fit) / 2;
    return x < 0 ? beyond : 1 - beyond;
  }
}
