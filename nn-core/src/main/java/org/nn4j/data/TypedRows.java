package org.nn4j.data;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;

/**
 * Rows of an array. After the first batch of another data type the rows are also kept in that type,
 * because copying is many times faster than casting. It owns the cast rows, and the original rows
 * only if they are not shared.
 */
final class TypedRows {
  /** Maximum number of elements that are kept twice; larger arrays are cast batch by batch. */
  private static final long MAX_ELEMENTS = 1 << 22;

  private final INDArray given;
  private final INDArray rows;
  private final boolean owned;
  private volatile @Nullable INDArray cast;
  private volatile boolean freed;

  private TypedRows(INDArray given, boolean owned) {
    this.given = given;
    boolean hasRows = given.rank() >= 2 && given.length() > 0; // otherwise the data set refuses it
    INDArray lasting = Detached.of(given);
    this.rows = hasRows ? ArrayDataset.flat(lasting) : lasting;
    boolean copied = rows != given && rows.data() != given.data() && !rows.isView();
    this.owned = owned || copied;
  }

  /** Returns the rows of an array of the caller. */
  static TypedRows of(INDArray array) {
    Checks.numeric(array.dataType(), "Dataset");
    return new TypedRows(array, false);
  }

  /** Returns the rows of an array that is not shared. */
  static TypedRows owning(INDArray array) {
    return new TypedRows(array, true);
  }

  /** Returns the rows of a Java array: at least one, all of one length. */
  static TypedRows of(double[][] numbers, String name) {
    Require.atLeastOne(numbers.length, "Dataset", "number of samples");
    Require.atLeastOne(numbers[0].length, "Dataset", "number of " + name + " in sample 0");
    for (int i = 0; i < numbers.length; i++) {
      Checks.rowLength(numbers[0].length, numbers[i].length, name, i);
    }
    return owning(NewArrays.of(numbers));
  }

  /** Returns the original array, of any rank. */
  INDArray given() {
    return given;
  }

  /** Returns whether an array is small enough to be kept in two types. */
  static boolean fitsTwice(long numbers) {
    return numbers <= MAX_ELEMENTS;
  }

  /** Returns whether their type has values that floats round. */
  boolean exceedFloat() {
    return exceedsFloat(rows.dataType());
  }

  static boolean exceedsFloat(DataType type) {
    return type != DataType.FLOAT && type.width() > Short.BYTES;
  }

  long count() {
    return given.size(0);
  }

  /** Returns the rows in a data type, if that is worth its memory. */
  INDArray as(DataType type) {
    if (rows.dataType() == type || !fitsTwice(rows.length())) {
      return rows;
    }
    INDArray made = cast;
    return made != null && made.dataType() == type ? made : cast(type);
  }

  private synchronized INDArray cast(DataType type) {
    INDArray made = cast;
    if (made == null || made.dataType() != type) {
      // Rows of another type are left to the garbage collector: another thread may be using them.
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

  /** Frees the rows when no call uses them. */
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
