package org.nn4j.data;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.kernel.Detached;
import org.nn4j.kernel.Kernel;

/** A data set of two arrays. */
final class ArrayDataset implements Precise {
  private final Shape inputShape;
  private final Shape targetShape;
  private final TypedRows inputs;
  private final TypedRows targets;

  ArrayDataset(INDArray inputs, INDArray targets) {
    if (inputs.rank() < 2 || targets.rank() < 2 || inputs.size(0) != targets.size(0)) {
      throw new ShapeMismatchException(
          "Dataset",
          "inputs [N, in...] and targets [N, out...] with the same N",
          Arrays.toString(inputs.shape()) + " and " + Arrays.toString(targets.shape()),
          "give one target row for each input row");
    }
    if (inputs.size(0) == 0) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset", "at least one sample", "none", "check what the data was read from"));
    }
    this.inputShape = Shape.ofSamples(inputs);
    this.targetShape = Shape.ofSamples(targets);
    this.inputs = new TypedRows(flat(Detached.of(inputs)));
    this.targets = new TypedRows(flat(Detached.of(targets)));
  }

  /** Rows of numbers, of rows of any shape; a copy where a view cannot show them. */
  static INDArray flat(INDArray rows) {
    return rows.rank() == 2
        ? rows
        : Detached.make(() -> rows.reshape('c', rows.size(0), rows.length() / rows.size(0)));
  }

  @Override
  public int size() {
    return Math.toIntExact(inputs.count());
  }

  @Override
  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public void gather(int[] rows, INDArray inputRows, INDArray targetRows) {
    GatherCheck.check(this, rows, inputRows, targetRows);
    Kernel.gather(inputs.as(inputRows.dataType()), rows, flat(inputRows));
    Kernel.gather(targets.as(targetRows.dataType()), rows, flat(targetRows));
  }

  @Override
  public boolean exceedsFloat() {
    return inputs.exceedFloat() || targets.exceedFloat();
  }
}
