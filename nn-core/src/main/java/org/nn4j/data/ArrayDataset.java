package org.nn4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.Checks;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.thread.UseCount;

/** Data set of two arrays, which it may own. */
final class ArrayDataset implements BaseDataset {
  private final Shape inputShape;
  private final Shape targetShape;
  private final TypedRows inputs;
  private final TypedRows targets;
  private final UseCount usage = new UseCount(this::free);

  ArrayDataset(TypedRows inputRows, TypedRows targetRows) {
    INDArray inputs = inputRows.given();
    INDArray targets = targetRows.given();
    if (inputs.rank() < 2 || targets.rank() < 2 || inputs.size(0) != targets.size(0)) {
      throw new ShapeMismatchException(
          "Dataset",
          "inputs [N, in...] and targets [N, out...] with the same N",
          Arrays.toString(inputs.shape()) + " and " + Arrays.toString(targets.shape()),
          "pass one target row for each input row");
    }
    if (inputs.size(0) == 0) {
      throw new IllegalArgumentException(
          Require.message(
              "Dataset", "at least one sample", "none", "check the source of the data"));
    }
    this.inputShape = Shape.ofSamples(inputs);
    this.targetShape = Shape.ofSamples(targets);
    this.inputs = inputRows;
    this.targets = targetRows;
  }

  /** Returns the remaining samples of an iterator. */
  static ArrayDataset of(Iterator<Sample> samples) {
    List<double[]> inputs = new ArrayList<>();
    List<double[]> targets = new ArrayList<>();
    while (samples.hasNext()) {
      Sample sample =
          Checks.returned(samples.next(), "Dataset.ofSamples", "a sample from the iterator");
      inputs.add(sample.input());
      targets.add(sample.target());
    }
    return new ArrayDataset(
        TypedRows.of(inputs.toArray(double[][]::new), "inputs"),
        TypedRows.of(targets.toArray(double[][]::new), "targets"));
  }

  /** Returns rows of any shape as rows of elements; a copy where a view is not possible. */
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
  public String toString() {
    return BaseDataset.print(this);
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
    checkGather(rows, inputRows, targetRows);
    begin();
    try {
      gatherFrom(inputs, rows, inputRows);
      gatherFrom(targets, rows, targetRows);
    } finally {
      usage.end();
    }
  }

  @Override
  public void gather(Part part, int[] rows, INDArray array) {
    begin();
    try {
      gatherFrom(part == Part.INPUTS ? inputs : targets, rows, array);
    } finally {
      usage.end();
    }
  }

  private static void gatherFrom(TypedRows source, int[] rows, INDArray target) {
    Kernel.gather(source.as(target.dataType()), rows, flat(target));
  }

  private void begin() {
    if (!usage.begin()) {
      throw new IllegalStateException(
          Require.message(
              "Dataset",
              "to be open",
              "closed",
              "close a data set after the last use of it and of its views"));
    }
  }

  @Override
  public long offHeapBytes() {
    return inputs.ownedBytes() + targets.ownedBytes();
  }

  @Override
  public void close() {
    usage.close();
  }

  private void free() {
    inputs.free();
    targets.free();
  }

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public boolean exceedsFloat() {
    return inputs.exceedFloat() || targets.exceedFloat();
  }
}
