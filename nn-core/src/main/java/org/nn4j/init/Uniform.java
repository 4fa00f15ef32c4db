package org.nn4j.init;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;

/**
 * Elements from U(low, high): mean {@code (low + high) / 2}, variance {@code (high − low)² / 12}.
 * Thread-safe.
 *
 * @param low the lower end
 * @param high the upper end, above {@code low}
 */
record Uniform(double low, double high) implements Initializer {
  Uniform {
    Require.finite(low, "Uniform", "low");
    Require.finite(high, "Uniform", "high");
    Require.that(low < high, "Uniform", "high above low, " + low, high);
    Require.finite(high - low, "Uniform", "distance from low to high");
  }

  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    return RandomArrays.draw(shape, type, () -> low + (high - low) * random.nextDouble());
  }
}
