package org.nn4j.init;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.NewArrays;

/** Arrays of numbers drawn row by row, in double precision for every data type. */
final class Samples {
  private Samples() {}

  static INDArray draw(Shape shape, DataType type, DoubleSupplier number) {
    double[] numbers = new double[Math.toIntExact(shape.size())];
    Arrays.setAll(numbers, i -> number.getAsDouble());
    return array(numbers, shape, type);
  }

  /** Returns the numbers as an array of a data type, and closes the array in between. */
  static INDArray array(double[] numbers, Shape shape, DataType type) {
    INDArray array = NewArrays.uninitialized(type, shape.toArray());
    try (INDArray doubles = NewArrays.of(numbers)) {
      return array.assign(doubles.reshape('c', shape.toArray()));
    }
  }
}
