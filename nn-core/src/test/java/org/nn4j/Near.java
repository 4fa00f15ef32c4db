package org.nn4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Comparisons and random arrays for tests; {@code INDArray.equals} forgives 1e-5, these do not. */
public final class Near {
  private Near() {}

  /** Every entry within {@code tolerance}, relative to the expected one where that is above 1. */
  public static void assertNear(INDArray actual, INDArray expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertNear(doubles(actual), doubles(expected), tolerance);
  }

  public static void assertNear(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (!Double.isFinite(expected[i])) {
        assertThat(actual[i]).as("entry %s", i).isEqualTo(expected[i]);
        continue;
      }
      double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
      assertThat(Math.abs(actual[i] - expected[i]))
          .as("entry %s: %s, expected %s", i, actual[i], expected[i])
          .isLessThanOrEqualTo(allowed);
    }
  }

  public static double[] doubles(INDArray array) {
    return array.dup('c').castTo(DataType.DOUBLE).reshape(array.length()).toDoubleVector();
  }

  public static INDArray random(long seed, DataType type, long... shape) {
    SeededRandom random = new SeededRandom(seed);
    double[] numbers = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(numbers, i -> random.nextGaussian());
    return Nd4j.createFromArray(numbers).castTo(type).reshape('c', shape);
  }

  public static INDArray random(long seed, long... shape) {
    return random(seed, DataType.DOUBLE, shape);
  }
}
