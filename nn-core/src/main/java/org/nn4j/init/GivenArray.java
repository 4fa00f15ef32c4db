package org.nn4j.init;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.Detached;

/** Elements of a given array, which is copied here and for each parameter. Thread-safe. */
final class GivenArray implements Initializer {
  private final INDArray values;

  GivenArray(INDArray values) {
    Checks.numeric(Require.notNull(values, "Given", "values").dataType(), "Given");
    this.values = Detached.make(() -> values.dup('c'));
  }

  /**
   * Returns a copy of the values.
   *
   * @throws ShapeMismatchException if the parameter has another shape than the values
   */
  @Override
  public INDArray create(Shape shape, DataType type, RandomGenerator random) {
    RandomArrays.require(this, shape, type, random);
    if (!Arrays.equals(values.shape(), shape.toArray())) {
      throw new ShapeMismatchException(
          "Given",
          "a parameter of the shape of the values, " + Arrays.toString(values.shape()),
          shape.toString(),
          "pass values of the parameter's shape; weights are [in, out], biases [out]");
    }
    return Detached.make(() -> values.dataType() == type ? values.dup('c') : values.castTo(type));
  }

  @Override
  public String toString() {
    return "Given[" + Arrays.toString(values.shape()) + "]";
  }
}
