package org.nn4j.init;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.memory.NewArrays;

/**
 * One value for all elements. Thread-safe.
 *
 * @param value the value
 */
record Constant(double value) implements Initializer {
  Constant {
    Require.finite(value, "Constant", "value");
  }

  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    if (value == 0) {
      return NewArrays.zeros(type, shape.toArray());
    }
    double[] numbers = new double[Math.toIntExact(shape.size())];
    Arrays.fill(numbers, value);
    return RandomArrays.array(numbers, shape, type);
  }
}
