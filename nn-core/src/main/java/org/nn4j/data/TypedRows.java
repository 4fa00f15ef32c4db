package org.nn4j.data;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;

/**
 * Rows of numbers, and once batches of another data type are gathered, the same rows in that type:
 * rows of one type are copied many times faster than they are cast. The cast rows are owned, the
 * rows themselves only if nobody else has them.
 */
final class TypedRows {
  /** More numbers than this are not kept twice; they are cast batch by batch. */
  private static final long MOST = 1 << 22;

  private final INDArray given;
  private final INDArray rows;
  private final boolean owned;
  private volatile @Nullable INDArray cast;
  private volatile boolean freed;

  private TypedRows(INDArray given, boolean owned) {
    this.given = given;
    boolean hasRows = given.rank() >= 2 && given.length() > 0; // else the data set refuses it
    INDArray lasting = Detached.of(given);
    this.rows = hasRows ? ArrayDataset.flat(lasting) : lasting;
    boolean copied = rows != given && rows.data() != given.data() && !rows.isView();
    this.owned = owned || copied;
  }

  /** Of an array that a program has. */
  static TypedRows of(INDArray array) {
    return new TypedRows(array, false);
  }

  /** Of an array that nobody else has. */
  static TypedRows owning(INDArray array) {
    return new TypedRows(array, true);
  }

  /** Of Java numbers: rows of one length, at least one. */
  static TypedRows of(double[][] numbers, String name) {
    Require.atLeastOne(numbers.length, "Dataset", "number of samples");
    Require.atLeastOne(numbers[0].length, "Dataset", "number of " + name + " in sample 0");
    for (int i = 0; i < numbers.length; i++) {
      requireLength(numbers[0].length, numbers[i].length, name, i);
    }
    return owning(NewArrays.of(numbers));
  }

  static void requireLength(long expected, int found, String name, long index) {
    if (found != expected) {
      throw new ShapeMismatchException(
          "Dataset",
          expected + " " + name + " in each sample",
          found + " in sample " + index,
          "give the same numbers for each sample");
    }
  }

  /** The array as it was given, of any rank. */
  INDArray given() {
    return given;
  }

  /** Whether so many numbers may be kept twice. */
  static boolean areFew(long numbers) {
    return numbers <= MOST;
  }

  /** Whether their type has numbers that floats round. */
  boolean exceedFloat() {
    return exceedsFloat(rows.dataType());
  }

  static boolean exceedsFloat(DataType type) {
    return type != DataType.FLOAT && type.width() > Short.BYTES;
  }

  long count() {
    return given.size(0);
  }

  /** In a data type, where that is worth its memory. */
  INDArray as(DataType type) {
    if (rows.dataType() == type || !areFew(rows.length())) {
      return rows;
    }
    INDArray made = cast;
    return made != null && made.dataType() == type ? made : cast(type);
  }

  private synchronized INDArray cast(DataType type) {
    INDArray made = cast;
    if (made == null || made.dataType() != type) {
      // One of another type is left to the collector: another thread may be reading it.
      made = Detached.make(() -> rows.castTo(type));
      cast = made;
    }
    return made;
  }

  long ownedBytes() {
    INDArray made = cast;
    return freed ? 0 : (owned ? bytes(rows) : 0) + (made == null ? 0 : bytes(made));
  }

  private static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }

  /** To be called once nobody reads. */
  void free() {
    freed = true;
    INDArray made = cast;
    if (made != null) {
      made.close();
    }
    if (owned) {
      rows.close();
    }
  }
}
