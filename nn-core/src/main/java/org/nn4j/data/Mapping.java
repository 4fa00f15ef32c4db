package org.nn4j.data;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;

/** A function of rows, with the shape that it gives to each. */
record Mapping(String who, UnaryOperator<INDArray> function, Shape to) {
  private static final String FUNCTION = "an array from the function";

  /** The shape is that of what the function makes of an example of one row. */
  static Mapping of(String who, UnaryOperator<INDArray> function, INDArray example) {
    INDArray result = Checks.returned(function.apply(example), who, FUNCTION);
    if (result.rank() < 2 || result.size(0) != 1) {
      throw wrongShape(who, "[1, ...] of one row " + Arrays.toString(example.shape()), result);
    }
    return new Mapping(who, function, Shape.ofSamples(result));
  }

  /** What the function makes of rows, one for each. */
  INDArray apply(INDArray rows) {
    INDArray result = Checks.returned(function.apply(rows), who, FUNCTION);
    long[] shape = to.withBatch(rows.size(0));
    if (!Arrays.equals(result.shape(), shape)) {
      throw wrongShape(who, Arrays.toString(shape), result);
    }
    return result;
  }

  private static ShapeMismatchException wrongShape(String who, String expected, INDArray found) {
    return new ShapeMismatchException(
        who,
        "a function that gives " + expected,
        Arrays.toString(found.shape()),
        "give one row for each row, all of one shape");
  }
}
