package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.Memory;

/**
 * The rows of a matrix as Java arrays, for a loop of a {@link Formula.Whole}: each is copied to an
 * array of its own length, where the JIT compiler turns a plain loop into vector instructions. For
 * one thread, while the formula runs.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class Rows<A> {
  private final Elements<A> elements;
  private final Chunks<A> chunks;
  private final long address;
  private final int count;
  private final int length;
  private final A row;

  private Rows(Elements<A> elements, INDArray matrix) {
    this.elements = elements;
    this.chunks = elements.chunks();
    this.address = Memory.address(matrix);
    this.count = (int) matrix.size(0);
    this.length = (int) matrix.size(1);
    this.row = elements.newArray(length);
  }

  /**
   * The rows of a matrix of floats.
   *
   * @param matrix {@code [B, n]}, one of the formula's arrays
   * @return its rows
   */
  public static Rows<float[]> ofFloats(INDArray matrix) {
    return new Rows<>(Floats.ELEMENTS, matrix);
  }

  /**
   * The rows of a matrix of doubles.
   *
   * @param matrix {@code [B, n]}, one of the formula's arrays
   * @return its rows
   */
  public static Rows<double[]> ofDoubles(INDArray matrix) {
    return new Rows<>(Doubles.ELEMENTS, matrix);
  }

  /**
   * How many rows there are.
   *
   * @return B
   */
  public int count() {
    return count;
  }

  /**
   * How many numbers a row has.
   *
   * @return n
   */
  public int length() {
    return length;
  }

  /**
   * Reads a row.
   *
   * @param index which
   * @return its numbers, valid until the next call
   */
  public A get(int index) {
    chunks.read(row, address, (long) index * length);
    return row;
  }

  /**
   * Writes a row.
   *
   * @param index which
   * @param numbers as many as a row has
   */
  public void set(int index, A numbers) {
    chunks.write(numbers, address, (long) index * length, length);
  }

  /**
   * The mean of each column.
   *
   * @return {@code n} means, in double precision
   */
  public double[] means() {
    double[] means = new double[length];
    for (int i = 0; i < count; i++) {
      elements.addTo(means, get(i));
    }
    return divide(means);
  }

  /**
   * The mean square of the distances from the mean of each column.
   *
   * @param means those of the columns
   * @return {@code n} variances, in double precision
   */
  public double[] variances(double[] means) {
    double[] squares = new double[length];
    for (int i = 0; i < count; i++) {
      elements.addSquaresTo(squares, get(i), means);
    }
    return divide(squares);
  }

  private double[] divide(double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] /= count;
    }
    return sums;
  }
}
