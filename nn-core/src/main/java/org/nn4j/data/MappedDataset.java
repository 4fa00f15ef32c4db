package org.nn4j.data;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.NewArrays;

/** View whose inputs or targets a function maps when they are gathered. */
final class MappedDataset extends CachingView {
  private final Mapping mapping;

  private MappedDataset(Dataset source, Part part, Mapping mapping) {
    super(source, part, mapping.to().size());
    this.mapping = mapping;
  }

  static Dataset ofInputs(Dataset source, UnaryOperator<INDArray> function) {
    return of(source, Part.INPUTS, "Dataset.mapInputs", function);
  }

  static Dataset ofTargets(Dataset source, UnaryOperator<INDArray> function) {
    return of(source, Part.TARGETS, "Dataset.mapTargets", function);
  }

  private static Dataset of(
      Dataset source, Part part, String who, UnaryOperator<INDArray> function) {
    DataType type = BaseDataset.mayExceedFloat(source) ? DataType.DOUBLE : DataType.FLOAT;
    try (INDArray inputs = NewArrays.uninitialized(type, source.inputShape().withBatch(1));
        INDArray targets = NewArrays.uninitialized(type, source.targetShape().withBatch(1))) {
      source.gather(new int[] {0}, inputs, targets);
      INDArray example = part == Part.INPUTS ? inputs : targets;
      return new MappedDataset(source, part, Mapping.of(who, function, example));
    }
  }

  @Override
  INDArray compute(INDArray rows) {
    return mapping.apply(rows);
  }

  @Override
  public Dataset on(Dataset other) {
    return new MappedDataset(other, part(), mapping);
  }

  @Override
  public Shape inputShape() {
    return part() == Part.INPUTS ? mapping.to() : source().inputShape();
  }

  @Override
  public Shape targetShape() {
    return part() == Part.TARGETS ? mapping.to() : source().targetShape();
  }

  @Override
  public int[] classes() {
    return part() == Part.INPUTS ? source().classes() : Labels.classesOf(this);
  }

  /** Function of rows, with the shape of its results. */
  record Mapping(String who, UnaryOperator<INDArray> function, Shape to) {
    private static final String FUNCTION = "an array from the function";

    /** Returns a mapping whose shape is that of the function's result for an example of one row. */
    static Mapping of(String who, UnaryOperator<INDArray> function, INDArray example) {
      INDArray result = Checks.returned(function.apply(example), who, FUNCTION);
      if (result.rank() < 2 || result.size(0) != 1) {
        throw wrongShape(who, "[1, ...] of one row " + Arrays.toString(example.shape()), result);
      }
      return new Mapping(who, function, Shape.ofSamples(result));
    }

    /** Returns the function's results, one for each row. */
    INDArray apply(INDArray rows) {
      INDArray result = Checks.returned(function.apply(rows), who, FUNCTION);
      Checks.numeric(result.dataType(), who);
      long[] shape = to.withBatch(rows.size(0));
      if (!Arrays.equals(result.shape(), shape)) {
        throw wrongShape(who, Arrays.toString(shape), result);
      }
      return result;
    }

    private static ShapeMismatchException wrongShape(String who, String expected, INDArray found) {
      return new ShapeMismatchException(
          who,
          "a function that returns " + expected,
          Arrays.toString(found.shape()),
          "return one row for each row, all of one shape");
    }
  }
}
