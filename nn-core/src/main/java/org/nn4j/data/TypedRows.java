package org.nn4j.data;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.kernel.Detached;

/**
 * Rows of numbers, and once batches of another data type are gathered, the same rows in that type:
 * rows of one type are copied many times faster than they are cast.
 */
final class TypedRows {
  /** More numbers than this are not kept twice; they are cast batch by batch. */
  private static final long MOST = 1 << 22;

  private final INDArray rows;
  private volatile @Nullable INDArray cast;

  TypedRows(INDArray rows) {
    this.rows = rows;
  }

  /** Whether their type has numbers that floats round. */
  boolean exceedFloat() {
    return exceedsFloat(rows.dataType());
  }

  static boolean exceedsFloat(DataType type) {
    return type != DataType.FLOAT && type.width() > Short.BYTES;
  }

  long count() {
    return rows.size(0);
  }

  /** In a data type, where that is worth its memory. */
  INDArray as(DataType type) {
    if (rows.dataType() == type || rows.length() > MOST) {
      return rows;
    }
    INDArray made = cast;
    if (made == null || made.dataType() != type) {
      made = Detached.make(() -> rows.castTo(type));
      cast = made;
    }
    return made;
  }
}
