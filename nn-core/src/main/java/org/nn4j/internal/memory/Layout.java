package org.nn4j.internal.memory;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Layouts of arrays: row-major without gaps, or any other.
 *
 * <p>ND4J's products are wrong for arrays with overlapping rows, such as one row repeated (a stride
 * of 0) or sliding windows over a series: BLAS refuses the product and the result is not written.
 * Softmax and norms fail in other ways. All are correct for plain arrays, so others are copied
 * first. Thread-safe.
 */
public final class Layout {
  private Layout() {}

  /**
   * Returns whether an array is row-major, without gaps, and outside of any workspace.
   *
   * @param x any array
   * @return false if {@link #plain} would copy it
   */
  public static boolean isPlain(INDArray x) {
    return isRowMajor(x) && !x.isAttached();
  }

  /**
   * Returns whether an array is row-major without gaps; a vector is, whatever the order of its
   * view.
   */
  static boolean isRowMajor(INDArray x) {
    return x.isEmpty()
        || (x.elementWiseStride() == 1 && (x.ordering() == 'c' || x.rank() == 1))
        || x.rank() == 0;
  }

  /**
   * Returns the same elements in a plain array.
   *
   * @param x any array; not changed
   * @return the array itself if it is plain, else a copy
   */
  public static INDArray plain(INDArray x) {
    return isPlain(x) ? x : Detached.make(() -> x.dup('c'));
  }
}
