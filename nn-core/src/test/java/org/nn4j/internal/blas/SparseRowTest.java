package org.nn4j.internal.blas;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nn4j.SeededRandom;

class SparseRowTest {
  private static final double TOLERANCE = 1e-5;

  /** Machine code is generated from AVX2 on; without it, nothing is computed here. */
  @BeforeAll
  static void needsOneDnn() {
    assumeTrue(OneDnn.isAvailable() && affine(784, 128, 9) != null);
  }

  @ParameterizedTest
  @CsvSource({"784, 128, 5", "784, 11, 9", "8192, 1, 4", "100, 1000, 4", "641, 40, 1000"})
  void fewElementsAreMultipliedWithTheirRows(int in, int out, int everyNth) {
    requireSums(in, out, sparse(in, everyNth));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 261", "523, 784", "127, 129", "128, 256", "600, 601", "783, 784"})
  void aRangeOfElementsIsMultipliedWithItsRows(int from, int to) {
    float[] x = random(784);
    Arrays.fill(x, 0, from, 0);
    Arrays.fill(x, to, 784, -0f);

    requireSums(784, 128, x);
  }

  private static void requireSums(int in, int out, float[] x) {
    float[] w = random(in * out);
    float[] b = random(out);

    float[] z = requireNonNull(affine(in, out, x, w, b));

    for (int j = 0; j < out; j++) {
      double sum = b[j];
      for (int i = 0; i < in; i++) {
        sum += (double) x[i] * w[i * out + j];
      }
      assertThat((double) z[j]).isCloseTo(sum, within(in));
    }
  }

  private static Offset<Double> within(int in) {
    return Offset.offset(TOLERANCE * Math.sqrt(in));
  }

  @Test
  void aRowOfZerosIsTheBias() {
    float[] b = random(128);

    assertThat(affine(784, 128, new float[784], random(784 * 128), b)).isEqualTo(b);
  }

  @Test
  void eachCallReadsItsOwnWeights() {
    float[] ones = new float[784];
    Arrays.fill(ones, 0, 9, 1);
    float[] half = new float[784 * 128];
    Arrays.fill(half, 0.5f);
    try (FloatPointer x = new FloatPointer(ones);
        FloatPointer halves = new FloatPointer(half);
        FloatPointer zeros = new FloatPointer(new float[784 * 128]);
        FloatPointer b = new FloatPointer(new float[128]);
        FloatPointer z = new FloatPointer(128)) {
      float[] found = new float[3];
      FloatPointer[] weights = {halves, zeros, halves};
      for (int i = 0; i < found.length; i++) {
        assertThat(
                SparseRow.affine(
                    784, 128, x.address(), weights[i].address(), b.address(), z.address()))
            .isTrue();
        found[i] = z.get(127);
      }
      assertThat(found).containsExactly(4.5f, 0, 4.5f);
    }
  }

  @Test
  void aNaNCounts() {
    float[] x = new float[784];
    x[700] = Float.NaN;
    x[3] = -0f;

    assertThat(affine(784, 128, x, random(784 * 128), random(128))).containsOnly(Float.NaN);
  }

  @ParameterizedTest
  @CsvSource({"784, 128, 2", "784, 10, 9", "784, 1024, 9"})
  void othersAreLeftToTheDenseProduct(int in, int out, int everyNth) {
    assertThat(affine(in, out, everyNth)).isNull();
  }

  @Test
  void moreShapesThanAreKeptAreComputed() {
    for (int out = 100; out < 200; out++) {
      assertThat(affine(100, out, 9)).isNotNull();
    }
  }

  @Test
  void threadsDoNotShareObjects() {
    float[] x = sparse(784, 5);
    float[] w = random(784 * 128);
    float[] b = random(128);
    float[] expected = affine(784, 128, x, w, b);

    IntStream.range(0, 200)
        .parallel()
        .forEach(i -> assertThat(affine(784, 128, x, w, b)).isEqualTo(expected));
  }

  private static float @Nullable [] affine(int in, int out, int everyNth) {
    return affine(in, out, sparse(in, everyNth), random(in * out), random(out));
  }

  /** Returns null if nothing is computed. */
  private static float @Nullable [] affine(int in, int out, float[] x, float[] w, float[] b) {
    try (FloatPointer toX = new FloatPointer(x);
        FloatPointer toW = new FloatPointer(w);
        FloatPointer toB = new FloatPointer(b);
        FloatPointer toZ = new FloatPointer(out)) {
      boolean isDone =
          SparseRow.affine(in, out, toX.address(), toW.address(), toB.address(), toZ.address());
      float[] z = new float[out];
      toZ.get(z);
      return isDone ? z : null;
    }
  }

  private static float[] sparse(int length, int everyNth) {
    float[] x = random(length);
    for (int i = 0; i < length; i++) {
      x[i] = i % everyNth == 0 ? x[i] : 0;
    }
    return x;
  }

  private static float[] random(int length) {
    SeededRandom random = new SeededRandom(length);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}
