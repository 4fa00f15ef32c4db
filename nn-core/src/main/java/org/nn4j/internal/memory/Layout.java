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
    return x.isEmpty() || hasNoGaps(x) || x.rank() == 0;
  }

  /**
   * Reads ND4J's description of the array: its rank at first, the distance of its elements and its
   * order at last. ND4J's methods for them take ten times as long.
   */
  static boolean hasNoGaps(INDArray x) {
    long[] description = x.shapeInfoJava();
    boolean isDense = description[description.length - 2] == 1;
    // A view of a vector may call itself 'f'.
    return isDense && (description[description.length - 1] == 'c' || description[0] == 1);
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
