package org.nn4j.init;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.kernel.Detached;
import org.nn4j.kernel.NewArrays;

/** Arrays of numbers drawn one after the other, row by row, in double whatever the data type. */
final class Samples {
  private Samples() {}

  static INDArray draw(Shape shape, DataType type, DoubleSupplier number) {
    double[] numbers = new double[Math.toIntExact(shape.size())];
    Arrays.setAll(numbers, i -> number.getAsDouble());
    return Detached.make(() -> NewArrays.of(numbers).castTo(type).reshape('c', shape.toArray()));
  }
}
