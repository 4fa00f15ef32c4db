package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The layer on the Vector API has the outputs of the plain loops. */
class VectorDenseTest {
  /** Skips the test if this JVM was started without the Vector API, as IDEs do, or has no fma. */
  static void assumeVectorApi() {
    assumeThat(Dense.of(1, 1, new float[1], new float[1])).isNotExactlyInstanceOf(Dense.class);
  }

  private static float[] random(Random random, int size, double zeros) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextDouble() < zeros ? 0 : (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertSameOutputs(int in, int out, int rows, float oneWeight) {
    Random random = new Random(in * 1000 + out * 10 + rows);
    float[] weight = random(random, in * out, 0.1);
    weight[random.nextInt(weight.length)] = oneWeight;
    float[] bias = random(random, out, 0);
    Dense plain = new Dense(in, out, out, weight, bias);
    Dense vector = Dense.of(in, out, weight, bias);
    assertThat(vector.getClass().getSimpleName()).isEqualTo("VectorDense");
    float[][] x = new float[rows][];
    for (int r = 0; r < rows; r++) {
      x[r] = random(random, in, 0.5);
    }
    float[][] expected = new float[rows][out];
    float[][] found = new float[rows][vector.room];
    plain.apply(x, expected, rows, new int[in]);
    vector.apply(x, found, rows, new int[in]);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < out; j++) {
        boolean isSame = Float.compare(found[r][j], expected[r][j]) == 0; // NaN and infinity too
        float margin = 1e-5f * (1 + Math.abs(expected[r][j]));
        assertThat(isSame || Math.abs(found[r][j] - expected[r][j]) <= margin)
            .as("%d x %d, row %d of %d, output %d", in, out, r, rows, j)
            .isTrue();
      }
    }
  }

  @Test
  void hasTheOutputsOfThePlainLoopsOfAllSizes() {
    assumeVectorApi();
    for (int rows = 1; rows <= 13; rows++) {
      for (int in : new int[] {1, 3, 50}) {
        for (int out : new int[] {1, 10, 16, 31, 64, 65, 130}) {
          assertSameOutputs(in, out, rows, 0.5f);
        }
      }
    }
  }

  @Test
  void countsZerosOnWeightsThatAreNotFinite() {
    assumeVectorApi();
    for (int rows = 1; rows <= 7; rows++) {
      assertSameOutputs(5, 20, rows, Float.NaN);
      assertSameOutputs(5, 20, rows, Float.POSITIVE_INFINITY);
    }
  }

  @Test
  void paddingStaysSmall() {
    assumeVectorApi();
    assertThat(Dense.of(5000, 1, new float[5000], new float[1]).room).isEqualTo(1);
    assertThat(Dense.of(4096, 1, new float[4096], new float[1]).room).isGreaterThan(1);
  }
}
