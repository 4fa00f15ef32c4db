package org.nn4j.internal.memory;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layouts of arrays: row-major without gaps, or any other.
 *
 * <p>ND4J's products take the strides of a matrix to be those of a matrix in memory. Where rows
 * overlap, as one row that is seen as many (a stride of 0) or windows that slide over a series,
 * BLAS refuses the product, and what it should have written is left as it was. Softmax and norms
 * fail in other ways. All of them are right for plain arrays, so others are copied first.
 * Thread-safe.
 */
public final class Layout {
  private Layout() {}

  /**
   * Whether an array is row-major, without gaps, and outside of any workspace.
   *
   * @param x any array
   * @return false if {@link #plain} would copy it
   */
  public static boolean isPlain(INDArray x) {
    return isRowMajor(x) && !x.isAttached();
  }

  /** Row-major without gaps. A vector has one order, whatever its view is called. */
  static boolean isRowMajor(INDArray x) {
    return x.isEmpty()
        || (x.elementWiseStride() == 1 && (x.ordering() == 'c' || x.rank() == 1))
        || x.rank() == 0;
  }

  /**
   * The same elements in a plain array.
   *
   * @param x any array; not changed
   * @return the array itself if it is plain, else a copy
   */
  public static INDArray plain(INDArray x) {
    return isPlain(x) ? x : Detached.make(() -> x.dup('c'));
  }
}
