package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.Memory;

/**
 * The rows of a float matrix as Java arrays, for the loop of a {@link Formula.Whole}: each is
 * copied to an array of its own length, where the JIT compiler turns a plain loop into vector
 * instructions. For one thread, while the formula runs.
 */
public final class Rows {
  private final Chunks chunks = Chunks.ofThread();
  private final long address;
  private final int count;
  private final float[] row;

  private Rows(INDArray matrix) {
    address = Memory.address(matrix);
    count = (int) matrix.size(0);
    row = new float[(int) matrix.size(1)];
  }

  /**
   * The rows of a matrix.
   *
   * @param matrix {@code [B, n]}, one of the formula's arrays
   * @return its rows
   */
  public static Rows of(INDArray matrix) {
    return new Rows(matrix);
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
    return row.length;
  }

  /**
   * Reads a row.
   *
   * @param index which
   * @return its numbers, valid until the next call
   */
  public float[] get(int index) {
    chunks.read(row, address, (long) index * row.length);
    return row;
  }

  /**
   * Writes a row.
   *
   * @param index which
   * @param numbers as many as a row has
   */
  public void set(int index, float[] numbers) {
    chunks.write(numbers, address, (long) index * row.length, row.length);
  }

  /**
   * The mean of each column.
   *
   * @return {@code n} means, in double precision
   */
  public double[] means() {
    double[] means = new double[row.length];
    for (int i = 0; i < count; i++) {
      get(i);
      for (int j = 0; j < row.length; j++) {
        means[j] += row[j];
      }
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
    double[] squares = new double[row.length];
    for (int i = 0; i < count; i++) {
      get(i);
      for (int j = 0; j < row.length; j++) {
        squares[j] += (row[j] - means[j]) * (row[j] - means[j]);
      }
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
