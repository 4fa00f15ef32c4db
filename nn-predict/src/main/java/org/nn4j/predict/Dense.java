package org.nn4j.predict;

import java.util.Arrays;

/**
 * {@code Z = X W + b} with {@code W [in, out]}.
 *
 * <p>Each row of {@code W} is an array of its own: the JIT vectorizes a loop over several arrays,
 * and not one over several ranges of the same array. Rows that belong to inputs of 0 are skipped.
 */
final class Dense {
  private final float[][] weight;
  private final float[] bias;

  /** Whether a row of {@code W} counts for nothing where the input is 0. */
  private final boolean isFinite;

  private Dense(int in, int out, float[] weight, float[] bias) {
    this.weight = new float[in][];
    this.bias = bias;
    boolean finite = true;
    for (float w : weight) {
      finite &= Float.isFinite(w);
    }
    this.isFinite = finite;
    for (int i = 0; i < in; i++) {
      this.weight[i] = Arrays.copyOfRange(weight, i * out, (i + 1) * out);
    }
  }

  static Step of(int in, int out, float[] weight, float[] bias) {
    return Step.of(out, new Dense(in, out, weight, bias)::apply);
  }

  private void apply(float[] x, float[] y) {
    System.arraycopy(bias, 0, y, 0, bias.length);
    int in = weight.length;
    int i = nextUsed(x, 0);
    while (i < in) {
      int second = nextUsed(x, i + 1);
      int third = nextUsed(x, second + 1);
      int fourth = nextUsed(x, third + 1);
      if (fourth < in) {
        addFour(
            weight[i],
            weight[second],
            weight[third],
            weight[fourth],
            x[i],
            x[second],
            x[third],
            x[fourth],
            y,
            bias.length);
        i = nextUsed(x, fourth + 1);
      } else {
        addOne(weight[i], x[i], y, bias.length);
        i = second;
      }
    }
  }

  /** The next input from {@code from} on that counts, or the number of inputs. */
  private int nextUsed(float[] x, int from) {
    int in = weight.length;
    int i = from;
    while (i < in && x[i] == 0 && isFinite) {
      i++;
    }
    return Math.min(i, in);
  }

  /** Four rows of {@code W} at once, so that {@code y} is read and written once for four. */
  private static void addFour(
      float[] w0,
      float[] w1,
      float[] w2,
      float[] w3,
      float x0,
      float x1,
      float x2,
      float x3,
      float[] y,
      int n) {
    for (int j = 0; j < n; j++) {
      y[j] += (x0 * w0[j] + x1 * w1[j]) + (x2 * w2[j] + x3 * w3[j]);
    }
  }

  private static void addOne(float[] w, float x, float[] y, int n) {
    for (int j = 0; j < n; j++) {
      y[j] += x * w[j];
    }
  }
}
