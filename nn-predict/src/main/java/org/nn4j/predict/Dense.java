package org.nn4j.predict;

import java.lang.reflect.Constructor;

/**
 * {@code Z = X W + b} with {@code W [in, out]}.
 *
 * <p>Each row of {@code W} is a separate array: the JIT vectorizes a loop over several arrays, but
 * not over several ranges of one array. Rows that belong to inputs of 0 are skipped.
 */
class Dense extends Step {
  private static final Constructor<?> VECTOR_DENSE = vectorDense();

  /** Minimum length of a row of {@code W} for which padding to whole vectors pays off. */
  private static final int WIDE = 64;

  private static final int LONG = 4096;

  final float[][] weight;
  final float[] bias;

  /** The input whose row of {@code W} is skipped: 0, or NaN, which equals nothing. */
  private final float skipped;

  /** Creates a layer whose rows are padded to {@code room} elements. */
  Dense(int in, int out, int room, float[] weight, float[] bias) {
    super(out, room, false);
    this.weight = new float[in][room];
    this.bias = new float[room];
    System.arraycopy(bias, 0, this.bias, 0, out);
    float zero = 0;
    for (float w : weight) {
      zero += 0 * w; // NaN if w is infinite or NaN
    }
    this.skipped = zero;
    for (int i = 0; i < in; i++) {
      System.arraycopy(weight, i * out, this.weight[i], 0, out);
    }
  }

  /** Returns the layer, on the Vector API where the JVM was started with it. */
  static Dense of(int in, int out, float[] weight, float[] bias) {
    try {
      if (VECTOR_DENSE != null && (out >= WIDE || in <= LONG)) {
        return (Dense) VECTOR_DENSE.newInstance(in, out, weight, bias);
      }
    } catch (ReflectiveOperationException | LinkageError e) { // no fma, or another Vector API
    }
    return new Dense(in, out, out, weight, bias);
  }

  /**
   * Returns the constructor of {@code VectorDense}, or null without {@code jdk.incubator.vector}.
   */
  @NewerThanApi24
  private static Constructor<?> vectorDense() {
    try {
      Class<?> vector = Class.forName("jdk.incubator.vector.FloatVector");
      Dense.class.getModule().addReads(vector.getModule());
      return Class.forName("org.nn4j.predict.VectorDense")
          .getDeclaredConstructor(int.class, int.class, float[].class, float[].class);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  @Override
  void apply(float[] x, float[] y, int[] used) {
    System.arraycopy(bias, 0, y, 0, width);
    int n = findUsed(x, used);
    int k = 0;
    for (; k + 4 <= n; k += 4) {
      int i0 = used[k];
      int i1 = used[k + 1];
      int i2 = used[k + 2];
      int i3 = used[k + 3];
      addFour(weight[i0], weight[i1], weight[i2], weight[i3], x[i0], x[i1], x[i2], x[i3], y, width);
    }
    for (; k < n; k++) {
      addOne(weight[used[k]], x[used[k]], y, width);
    }
  }

  /** Lists the inputs that are not skipped, without a branch that could be mispredicted. */
  final int findUsed(float[] x, int[] used) {
    int n = 0;
    for (int i = 0; i < weight.length; i++) {
      used[n] = i;
      n += x[i] != skipped ? 1 : 0;
    }
    return n;
  }

  /** Adds four rows of {@code W} at a time, so that {@code y} is read and written once for four. */
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
      int width) {
    for (int j = 0; j < width; j++) {
      y[j] += (x0 * w0[j] + x1 * w1[j]) + (x2 * w2[j] + x3 * w3[j]);
    }
  }

  private static void addOne(float[] w, float x, float[] y, int width) {
    for (int j = 0; j < width; j++) {
      y[j] += x * w[j];
    }
  }
}
