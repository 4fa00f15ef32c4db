package org.nn4j.internal.kernel;

/**
 * Mathematical functions for loops over floats, and Φ for loops over doubles.
 *
 * <p>The exponential function has a relative error below 1e-10, a thousandth of a float's
 * resolution, and takes half the time of {@link Math#exp}: {@code e^x = 2^n · 2^(i/64) · e^r}. The
 * first factor is an exponent, the second is in a table, and the third is a polynomial, as {@code
 * |r| ≤ ln 2 / 128}. Source: Tang 1989, "Table-driven implementation of the exponential function in
 * IEEE floating-point arithmetic".
 */
public final class Functions {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;
  private static final double STEP = StrictMath.log(2) / STEPS;

  /** Adding it to a number moves its rounded value into the low bits. */
  private static final double ROUND = 0x1.8p52;

  /** Largest argument with a normal result; {@link Math#exp} computes the others. */
  private static final double RANGE = 700;

  /** Smallest argument for which {@link #tanh} uses {@code e^(2x)}, which loses digits below. */
  private static final double SMALL = 0.01;

  /** The term of a series with this power is below the resolution of a double. */
  private static final int LAST_POWER = 35;

  /** Below it, {@code 1 − e^−x} loses digits. */
  private static final double SHORT = 0.25;

  /** Number of terms with which {@code 1 − e^−x} is exact below {@link #SHORT}. */
  private static final int TERMS = 12;

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

  /** Chebyshev coefficients of {@code log(erfc(z) / t) + z²} in {@code 2t − 1}. */
  private static final double[] ERFC = {
    -1.3026537197817094, 0.6419697923564902, 0.019476473204185836, -0.009561514786808632,
    -0.0009465953444820369, 0.00036683949785276145, 4.252332480690777e-05, -2.0278578112534242e-05,
    -1.6242900046470254e-06, 1.3036558355805232e-06, 1.5626441722066142e-08, -8.523809591492654e-08,
    6.5290544390988515e-09, 5.059343495551469e-09, -9.91364156493033e-10, -2.273651222931836e-10,
    9.646791102015527e-11, 2.3940380830391146e-12, -6.886027526497553e-12, 8.944879273090725e-13,
    3.130921399342958e-13, -1.1270822361367252e-13, 3.810905255189232e-16, 7.106097613609237e-15,
    -1.5230282014571043e-15, -9.457494571291233e-17, 1.210237189224279e-16, -2.816663087747177e-17
  };

  /** Arrays for results: those of a loop are in use. */
  private static final ThreadLocal<Chunks<double[]>> SCRATCH =
      ThreadLocal.withInitial(() -> new Chunks<>(Doubles.ELEMENTS));

  private Functions() {}

  /**
   * {@code e^x}.
   *
   * @param x any number
   * @return the value, with a relative error below 1e-10
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
   * {@code tanh x = (e^(2x) − 1) / (e^(2x) + 1)}, with an error below a tenth of a float's
   * resolution.
   *
   * <p>Near 0 the first terms of its series: {@code x − x³/3 + 2x⁵/15}.
   *
   * @param x any number
   * @return the hyperbolic tangent
   */
  public static double tanh(double x) {
    if (Math.abs(x) < SMALL) {
      double square = x * x;
      return x * (1 - square * (1.0 / 3 - square * (2.0 / 15)));
    }
    return 1 - 2 / (exp(2 * x) + 1); // also where e^(2x) is infinite
  }

  /**
   * {@code log(1 + e^−|x|)}, by the series {@code log(1 + e) = 2 (s + s³/3 + s⁵/5 + ...)} with
   * {@code s = e / (2 + e)}, which is at most 1/3.
   *
   * @param x any numbers
   * @param n how many
   * @return the values, with a relative error below 1e-10; overwritten by the next call of this
   *     thread
   */
  public static double[] logOfOnePlusExp(float[] x, int n) {
    Chunks<double[]> scratch = SCRATCH.get();
    double[] s = scratch.array(0, n);
    double[] sum = scratch.array(1, n);
    for (int i = 0; i < n; i++) {
      s[i] = exp(-Math.abs(x[i]));
    }
    for (int i = 0; i < n; i++) {
      s[i] /= 2 + s[i];
      sum[i] = 0;
    }
    for (int power = LAST_POWER; power > 0; power -= 2) {
      double factor = 1.0 / power;
      for (int i = 0; i < n; i++) {
        sum[i] = factor + s[i] * s[i] * sum[i];
      }
    }
    for (int i = 0; i < n; i++) {
      sum[i] *= 2 * s[i];
    }
    return sum;
  }

  /**
   * {@code 1 − e^−x}, in full precision.
   *
   * @param x 0 or more
   * @return the value
   */
  public static double oneMinusExp(double x) {
    if (x >= SHORT) {
      return 1 - Math.exp(-x);
    }
    // x − x²/2! + x³/3! − ...
    double sum = 0;
    for (int i = TERMS; i > 0; i--) {
      sum = x / i * (1 - sum);
    }
    return sum;
  }

  /**
   * Converts floats.
   *
   * @param x any numbers
   * @param at the index of the first
   * @param n how many
   * @return an array of at least n elements, which begins with the numbers; overwritten by the next
   *     call of this thread
   */
  public static double[] doubles(float[] x, int at, int n) {
    double[] result = SCRATCH.get().array(0, n);
    for (int i = 0; i < n; i++) {
      result[i] = x[at + i];
    }
    return result;
  }

  /**
   * {@code φ(x) = e^(−x²/2) / √(2π)}, the density of the normal distribution.
   *
   * @param x any numbers
   * @param n how many
   * @return the values, with a relative error below 1e-9; overwritten by the next call of this
   *     thread
   */
  public static double[] normalDensity(float[] x, int n) {
    double[] result = SCRATCH.get().array(2, n);
    for (int i = 0; i < n; i++) {
      result[i] = x[i];
    }
    for (int i = 0; i < n; i++) {
      result[i] = exp(-result[i] * result[i] / 2);
    }
    for (int i = 0; i < n; i++) {
      result[i] /= SQRT_2_PI;
    }
    return result;
  }

  /**
   * {@code Φ(x) = erfc(−x/√2) / 2}, the share of the normal distribution below x.
   *
   * <p>Source of erfc: Press et al., "Numerical Recipes in C", 2nd edition, section 6.2, {@code
   * erfcc}, a Chebyshev fit. The JIT compiler vectorizes the loop of the fit, which therefore
   * contains no conversion and no exponential.
   *
   * @param x any numbers
   * @param n how many
   * @return the values, with an error below 1.2e-7 relative to them or to {@code 1 − Φ(x)}, the
   *     resolution of a float; overwritten by the next call of this thread
   */
  public static double[] normalCumulative(float[] x, int n) {
    Chunks<double[]> scratch = SCRATCH.get();
    double[] t = scratch.array(0, n);
    double[] result = scratch.array(1, n);
    for (int i = 0; i < n; i++) {
      t[i] = x[i];
    }
    for (int i = 0; i < n; i++) {
      double z = Math.abs(t[i]) / SQRT_2;
      t[i] = 1 / (1 + z / 2);
      double fit = 0.17087277;
      fit = -0.82215223 + t[i] * fit;
      fit = 1.48851587 + t[i] * fit;
      fit = -1.13520398 + t[i] * fit;
      fit = 0.27886807 + t[i] * fit;
      fit = -0.18628806 + t[i] * fit;
      fit = 0.09678418 + t[i] * fit;
      fit = 0.37409196 + t[i] * fit;
      fit = 1.00002368 + t[i] * fit;
      result[i] = -z * z - 1.26551223 + t[i] * fit;
    }
    for (int i = 0; i < n; i++) {
      double beyond = t[i] * exp(result[i]) / 2;
      // Without a branch, which is mispredicted for every other number.
      result[i] = Math.abs((x[i] < 0 ? 0 : 1) - beyond);
    }
    return result;
  }

  /**
   * {@code Φ(x)} in double precision: the fit of {@link #normalCumulative} with more terms.
   *
   * <p>Recurrence: Clenshaw 1955, "A note on the summation of Chebyshev series".
   *
   * @param x any number
   * @return the value, with an error below 1e-13 relative to it or to {@code 1 − Φ(x)}
   */
  public static double preciseNormalCumulative(double x) {
    double t = 1 / (1 + Math.abs(x) / SQRT_2 / 2);
    double y = 4 * t - 2;
    double last = 0;
    double sum = 0;
    for (int j = ERFC.length - 1; j > 0; j--) {
      double next = y * sum - last + ERFC[j];
      last = sum;
      sum = next;
    }
    double fit = (ERFC[0] + y * sum) / 2 - last;
    double beyond = t * Math.exp(fit - x * x / 2) / 2;
    return x < 0 ? beyond : 1 - beyond;
  }
}
