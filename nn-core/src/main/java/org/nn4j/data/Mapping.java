package org.nn4j.data;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.kernel.NewArrays;

/** A function of rows, with the shape that it gives to each. */
record Mapping(String who, UnaryOperator<INDArray> function, Shape from, Shape to) {
  private static final String FUNCTION = "an array from the function";

  /** The shape is that of what the function makes of an example of one row. */
  static Mapping of(String who, UnaryOperator<INDArray> function, INDArray example) {
    Shape from = Shape.ofSamples(example);
    INDArray result = Require.returned(function.apply(example), who, FUNCTION);
    if (result.rank() < 2 || result.size(0) != 1) {
      throw wrongShape(who, "[1, ...] of one row " + Arrays.toString(example.shape()), result);
    }
    return new Mapping(who, function, from, Shape.ofSamples(result));
  }

  /** Fills the target with what the function makes of rows that are gathered. */
  void apply(INDArray target, Gathering gathering) {
    if (from.equals(to)) {
      gathering.into(target);
      finish(target, target);
    } else {
      try (INDArray raw =
          NewArrays.uninitialized(target.dataType(), from.withBatch(target.size(0)))) {
        gathering.into(raw);
        finish(raw, target);
      }
    }
  }

  private void finish(INDArray raw, INDArray target) {
    INDArray result = Require.returned(function.apply(raw), who, FUNCTION);
    if (!result.equalShapes(target)) {
      throw wrongShape(who, Arrays.toString(target.shape()), result);
    }
    if (result != target) {
      target.assign(result);
    }
  }

  /** Copies rows into an array. */
  @FunctionalInterface
  interface Gathering {
    void into(INDArray rows);
  }

  private static ShapeMismatchException wrongShape(String who, String expected, INDArray found) {
    return new ShapeMismatchException(
        who,
        "a function that gives " + expected,
        Arrays.toString(found.shape()),
        "give one row for each row, all of one shape");
  }
}
