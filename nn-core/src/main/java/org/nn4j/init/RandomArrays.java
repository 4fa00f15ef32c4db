package org.nn4j.init;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.memory.NewArrays;

/** Arrays of random elements, drawn row by row in double precision for every data type. */
final class RandomArrays {
  private RandomArrays() {}

  /** Checks the arguments of {@link Initializer#create} for null. */
  static void require(Initializer who, Shape shape, DataType type, RandomGenerator random) {
    Require.notNull(shape, who, "shape");
    Require.notNull(type, who, "type");
    Require.notNull(random, who, "random");
  }

  static INDArray draw(Shape shape, DataType type, DoubleSupplier number) {
    double[] numbers = new double[Math.toIntExact(shape.size())];
    Arrays.setAll(numbers, i -> number.getAsDouble());
    return array(numbers, shape, type);
  }

  /**
   * Returns elements of a variance and mean 0.
   *
   * <pre>
   * normal   N(0, variance)
   * uniform  U(−√(3 variance), √(3 variance))
   * </pre>
   */
  static INDArray ofVariance(
      double variance, boolean uniform, Shape shape, DataType type, RandomGenerator random) {
    if (uniform) {
      double limit = Math.sqrt(3 * variance);
      return draw(shape, type, () -> limit * (2 * random.nextDouble() - 1));
    }
    double deviation = Math.sqrt(variance);
    return draw(shape, type, () -> deviation * random.nextGaussian());
  }

  /** Returns the elements as an array of a data type. */
  static INDArray array(double[] numbers, Shape shape, DataType type) {
    INDArray array = NewArrays.uninitialized(type, shape.toArray());
    JavaArrays.copy(numbers, array);
    return array;
  }
}
