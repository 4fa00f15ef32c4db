package org.nn4j.internal.onnx;

import java.util.Arrays;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/**
 * Shape of a sample along a walk. The batch is the first dimension of a value, and no part of it.
 *
 * <p>Layers of nn4j process rows: if a sample has further dimensions before its features, all rows
 * of all samples become samples of the network ({@link #isByRow}), unless these dimensions are 1.
 */
final class SampleShape {
  private final UnsupportedNodes problems;
  private final long batch;
  private final long[] inputShape;
  private long[] shape;
  private boolean isInputShape = true;
  private boolean regrouped;
  private boolean wholeSample;
  private boolean byRow;

  SampleShape(@Nullable ValueInfoProto input, UnsupportedNodes problems) {
    this.problems = problems;
    long[] declared = declared(input);
    this.batch = declared.length == 0 ? Dimensions.UNKNOWN : declared[0];
    if (declared.length == 1 && input != null) {
      problems.add(
          "input '" + input.getName() + "'", "one dimension: a network gets [batch, features]");
    }
    this.inputShape =
        declared.length < 2
            ? new long[] {Dimensions.UNKNOWN}
            : Arrays.copyOfRange(declared, 1, declared.length);
    this.shape = inputShape.clone();
  }

  private static long[] declared(@Nullable ValueInfoProto info) {
    if (info == null || !info.getType().getTensorType().hasShape()) {
      return new long[0];
    }
    return info.getType().getTensorType().getShape().getDimList().stream()
        .mapToLong(SampleShape::size)
        .toArray();
  }

  private static long size(TensorShapeProto.Dimension dimension) {
    return dimension.getDimValue() > 0 ? dimension.getDimValue() : Dimensions.UNKNOWN;
  }

  /** Returns the shape of a sample of the current value. */
  long[] shape() {
    return shape.clone();
  }

  /** Returns the shape of a sample of the input. */
  long[] inputShape() {
    return inputShape.clone();
  }

  /** Returns the declared size of a batch. */
  long batch() {
    return batch;
  }

  /** Returns whether all rows of a sample are samples of the network. */
  boolean isByRow() {
    return byRow;
  }

  /** Returns whether a sample was reshaped. */
  boolean isRegrouped() {
    return regrouped;
  }

  /** Returns the number of features of a row, or UNKNOWN. */
  long features() {
    return shape.length == 0 ? 1 : shape[shape.length - 1];
  }

  /** Returns the product of the dimensions of a sample before its features. */
  long rowsOfSample() {
    return Dimensions.size(Arrays.copyOfRange(shape, 0, Math.max(shape.length - 1, 0)));
  }

  /**
   * Sets the last axis as the features of a layer.
   *
   * @param size the number of features that the layer has; UNKNOWN if any size is possible
   * @return false if this is impossible, which is reported
   */
  boolean rows(GraphNode node, long size) {
    if (shape.length == 0) {
      problems.add(node, "its input has no features");
      return false;
    }
    if (size != Dimensions.UNKNOWN && features() == Dimensions.UNKNOWN) {
      shape[shape.length - 1] = size;
      if (isInputShape) {
        inputShape[inputShape.length - 1] = size;
      }
    }
    if (size != Dimensions.UNKNOWN && features() != size) {
      problems.add(node, "weights of " + size + " features at an input of " + features());
      return false;
    }
    if (rowsOfSample() != 1 && !byRow) {
      if (regrouped || wholeSample) {
        problems.add(
            node, "works on the last axis of " + Arrays.toString(shape) + "; flatten before it");
        return false;
      }
      byRow = true;
    }
    return true;
  }

  /**
   * Sets all elements of a sample as the features of a layer. The result is as for {@link #rows}.
   */
  boolean wholeSample(GraphNode node, long size) {
    if (byRow || (size != Dimensions.UNKNOWN && Dimensions.size(shape) != size)) {
      problems.add(node, "weights of " + size + " features at samples " + Arrays.toString(shape));
      return false;
    }
    wholeSample |= shape.length > 1;
    return true;
  }

  /** Sets the number of features after a layer. */
  void setFeatures(long size) {
    shape = shape.length == 0 ? new long[1] : shape;
    shape[shape.length - 1] = size;
    isInputShape = false;
  }

  /** Sets another shape of the same elements. */
  void regroup(long... newShape) {
    if (!Arrays.equals(shape, newShape)) {
      shape = newShape;
      regrouped = true;
      isInputShape = false;
    }
  }

  /** Sets the shape of a sample that was a row before. */
  void setShapeOfRows(long... newShape) {
    shape = newShape;
    isInputShape &= newShape.length == 1;
  }

  /** Sets the first dimension of an input {@code [features, batch]} as the features. */
  void turn() {
    inputShape[0] = batch;
    shape[0] = batch;
  }
}
