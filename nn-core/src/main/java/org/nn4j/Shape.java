package org.nn4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Shape of one sample or parameter: positive dimensions, without the batch.
 *
 * <p>A layer with input shape {@code [784]} accepts arrays {@code [B, 784]} for any {@code B}.
 * Immutable and thread-safe.
 */
public final class Shape {
  private final long[] dimensions;

  private Shape(long[] dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * Returns a shape.
   *
   * @param dimensions at least one, each positive
   * @return the shape
   * @throws IllegalArgumentException if there is no dimension, one is not positive, or their
   *     product is above 2^63 - 1
   */
  public static Shape of(long... dimensions) {
    Require.notNull(dimensions, "Shape.of", "dimensions");
    boolean sound = dimensions.length > 0;
    for (long dimension : dimensions) {
      sound &= dimension > 0;
    }
    if (!sound) {
      throw new IllegalArgumentException(
          Require.message(
              "Shape",
              "at least one dimension, each positive",
              Arrays.toString(dimensions),
              "pass the sizes of one sample, without the batch"));
    }
    long room = Long.MAX_VALUE;
    for (long dimension : dimensions) {
      room /= dimension;
    }
    Require.that(
        room > 0,
        "Shape",
        "at most 2^63 - 1 elements",
        Arrays.toString(dimensions),
        "check the sizes of one sample");
    return new Shape(dimensions.clone());
  }

  /**
   * Returns the shape of each row of a batch.
   *
   * @param batch an array {@code [B, ...]} of rank two or more
   * @return its dimensions without the first
   * @throws ShapeMismatchException if the rank is below two
   */
  public static Shape ofSamples(INDArray batch) {
    Require.notNull(batch, "Shape.ofSamples", "batch");
    long[] all = batch.shape();
    if (all.length < 2) {
      throw new ShapeMismatchException(
          "batch",
          "[B, ...] with a row for each sample",
          Arrays.toString(all),
          "reshape it to [B, features]");
    }
    return of(Arrays.copyOfRange(all, 1, all.length));
  }

  /**
   * Returns the number of dimensions.
   *
   * @return at least 1
   */
  public int rank() {
    return dimensions.length;
  }

  /**
   * Returns one dimension.
   *
   * @param axis from 0 to {@code rank() - 1}
   * @return its size
   */
  public long dimension(int axis) {
    return dimensions[axis];
  }

  /**
   * Returns the number of elements.
   *
   * @return the product of the dimensions
   */
  public long size() {
    return Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
  }

  /**
   * Returns the dimensions of an array of this shape.
   *
   * @return a new array
   */
  public long[] toArray() {
    return dimensions.clone();
  }

  /**
   * Returns the dimensions of a batch of samples of this shape.
   *
   * @param batchSize the number of samples
   * @return {@code [batchSize, dimensions...]}
   */
  public long[] withBatch(long batchSize) {
    long[] all = new long[dimensions.length + 1];
    all[0] = batchSize;
    System.arraycopy(dimensions, 0, all, 1, dimensions.length);
    return all;
  }

  /**
   * Returns whether an array is a batch of samples of this shape.
   *
   * @param batch any array
   * @return whether its shape is {@code [B, dimensions...]} for some {@code B}
   */
  public boolean matches(INDArray batch) {
    Require.notNull(batch, "Shape.matches", "batch");
    long[] shape = batch.shape();
    if (shape.length != dimensions.length + 1) {
      return false;
    }
    for (int axis = 0; axis < dimensions.length; axis++) {
      if (shape[axis + 1] != dimensions[axis]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns this shape with the batch in front, for messages.
   *
   * @return such as {@code [B, 784]}
   */
  public String describeBatch() {
    return "[B, " + toString().substring(1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dimensions, that.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  @Override
  public String toString() {
    return Arrays.toString(dimensions);
  }
}
