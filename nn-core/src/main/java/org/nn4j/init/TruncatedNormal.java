package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;

/**
 * Elements from N(mean, standardDeviation²), drawn again while they are more than {@value #LIMIT}
 * standard deviations from the mean.
 *
 * <pre>
 * variance = (1 − 2 t φ(t) / (2 Φ(t) − 1)) standardDeviation²     t = 2, φ and Φ those of N(0, 1)
 *          ≈ 0.7737 standardDeviation²
 * </pre>
 *
 * <p>The parameter is the standard deviation of the normal distribution before truncation, as in
 * Keras. That of the elements is smaller. Thread-safe.
 *
 * @param mean the mean
 * @param standardDeviation that of the distribution before truncation; above 0
 */
record TruncatedNormal(double mean, double standardDeviation) implements Initializer {
  /** The number of standard deviations beyond which elements are drawn again. */
  static final double LIMIT = 2;

  TruncatedNormal {
    Require.finite(mean, "TruncatedNormal", "mean");
    Require.positive(standardDeviation, "TruncatedNormal", "standard deviation");
  }

  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    return RandomArrays.draw(shape, type, () -> mean + standardDeviation * truncated(random));
  }

  private static double truncated(RandomGenerator random) {
    while (true) {
      double number = random.nextGaussian();
      if (Math.abs(number) <= LIMIT) {
        return number;
      }
    }
  }
}
