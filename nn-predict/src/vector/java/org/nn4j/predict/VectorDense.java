package org.nn4j.predict;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Dense} on the Vector API. The sums stay in registers: two vectors of outputs of six
 * samples, or four vectors of one sample.
 */
final class VectorDense extends Dense {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 6;

  VectorDense(int in, int out, float[] weight, float[] bias) {
    super(in, out, (out + 4 * LANES - 1) / (4 * LANES) * 4 * LANES, weight, bias);
    if (LANES < 8 && !System.getProperty("os.arch").equals("aarch64")) {
      throw new UnsupportedOperationException("x86 without AVX2: fma would run in software");
    }
  }

  @Override
  void apply(float[][] x, float[][] y, int rows, int[] used) {
    int together = rows - rows % ROWS;
    for (int j = 0; j < width; j += 2 * LANES) {
      for (int r = 0; r < together; r += ROWS) {
        applySix(x, y, r, j);
      }
    }
    for (int r = together; r < rows; r++) {
      apply(x[r], y[r], used);
    }
  }

  @Override
  void apply(float[] x, float[] y, int[] used) {
    int n = findUsed(x, used);
    for (int j = 0; j < width; j += 4 * LANES) {
      applyOne(x, y, used, n, j);
    }
  }

  private void applyOne(float[] x, float[] y, int[] used, int n, int j) {
    FloatVector y0 = FloatVector.fromArray(SPECIES, bias, j);
    FloatVector y1 = FloatVector.fromArray(SPECIES, bias, j + LANES);
    FloatVector y2 = FloatVector.fromArray(SPECIES, bias, j + 2 * LANES);
    FloatVector y3 = FloatVector.fromArray(SPECIES, bias, j + 3 * LANES);
    for (int k = 0; k < n; k++) {
      float[] row = weight[used[k]];
      FloatVector input = FloatVector.broadcast(SPECIES, x[used[k]]);
      y0 = input.fma(FloatVector.fromArray(SPECIES, row, j), y0);
      y1 = input.fma(FloatVector.fromArray(SPECIES, row, j + LANES), y1);
      y2 = input.fma(FloatVector.fromArray(SPECIES, row, j + 2 * LANES), y2);
      y3 = input.fma(FloatVector.fromArray(SPECIES, row, j + 3 * LANES), y3);
    }
    put(y0, y1, y, j);
    put(y2, y3, y, j + 2 * LANES);
  }

  private void applySix(float[][] x, float[][] y, int r, int j) {
    float[] x0 = x[r];
    float[] x1 = x[r + 1];
    float[] x2 = x[r + 2];
    float[] x3 = x[r + 3];
    float[] x4 = x[r + 4];
    float[] x5 = x[r + 5];
    FloatVector left0 = FloatVector.fromArray(SPECIES, bias, j);
    FloatVector right0 = FloatVector.fromArray(SPECIES, bias, j + LANES);
    FloatVector left1 = left0;
    FloatVector left2 = left0;
    FloatVector left3 = left0;
    FloatVector left4 = left0;
    FloatVector left5 = left0;
    FloatVector right1 = right0;
    FloatVector right2 = right0;
    FloatVector right3 = right0;
    FloatVector right4 = right0;
    FloatVector right5 = right0;
    for (int i = 0; i < weight.length; i++) {
      float[] row = weight[i];
      FloatVector left = FloatVector.fromArray(SPECIES, row, j);
      FloatVector right = FloatVector.fromArray(SPECIES, row, j + LANES);
      FloatVector input = FloatVector.broadcast(SPECIES, x0[i]);
      left0 = input.fma(left, left0);
      right0 = input.fma(right, right0);
      input = FloatVector.broadcast(SPECIES, x1[i]);
      left1 = input.fma(left, left1);
      right1 = input.fma(right, right1);
      input = FloatVector.broadcast(SPECIES, x2[i]);
      left2 = input.fma(left, left2);
      right2 = input.fma(right, right2);
      input = FloatVector.broadcast(SPECIES, x3[i]);
      left3 = input.fma(left, left3);
      right3 = input.fma(right, right3);
      input = FloatVector.broadcast(SPECIES, x4[i]);
      left4 = input.fma(left, left4);
      right4 = input.fma(right, right4);
      input = FloatVector.broadcast(SPECIES, x5[i]);
      left5 = input.fma(left, left5);
      right5 = input.fma(right, right5);
    }
    put(left0, right0, y[r], j);
    put(left1, right1, y[r + 1], j);
    put(left2, right2, y[r + 2], j);
    put(left3, right3, y[r + 3], j);
    put(left4, right4, y[r + 4], j);
    put(left5, right5, y[r + 5], j);
  }

  private static void put(FloatVector left, FloatVector right, float[] y, int j) {
    left.intoArray(y, j);
    right.intoArray(y, j + LANES);
  }
}
