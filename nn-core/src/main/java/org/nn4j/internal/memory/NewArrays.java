package org.nn4j.internal.memory;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.NDArray;
import org.nd4j.linalg.cpu.nativecpu.buffer.LongBuffer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Factory of all arrays of the library that are not made from another array. It starts the {@link
 * Backend}, and its arrays are outside of an open workspace. All are row-major. Thread-safe.
 */
public final class NewArrays {
  private static final long MIB = 1 << 20;

  private NewArrays() {}

  /**
   * Returns an array with undefined elements.
   *
   * @param type the data type
   * @param shape the dimensions; if one is 0, the array is empty
   * @return a new array
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray uninitialized(DataType type, long... shape) {
    Backend.require();
    if (length(type, shape) == 0) {
      return Nd4j.create(type, shape);
    }
    try {
      return Nd4j.createUninitializedDetached(type, 'c', shape);
    } catch (OutOfMemoryError e) {
      throw OutOfMemory.explained(e);
    }
  }

  /** Returns the number of elements, checked to fit into memory. */
  private static long length(DataType type, long... shape) {
    double length = 1;
    for (long dimension : shape) {
      length *= dimension;
    }
    long mostBytes = Pointer.maxBytes() > 0 ? Pointer.maxBytes() : Long.MAX_VALUE;
    if (length > Integer.MAX_VALUE || length * type.width() > mostBytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "new array %s of %s: expected at most %d elements and %d MiB, found %.0f elements"
                  + " and %.0f MiB; take smaller batches or layers, or raise -Xmx or"
                  + " -Dorg.bytedeco.javacpp.maxbytes",
              Arrays.toString(shape),
              type,
              Integer.MAX_VALUE,
              mostBytes / MIB,
              length,
              length * type.width() / MIB));
    }
    return (long) length;
  }

  /**
   * Returns a row-major copy, outside any workspace. A copy of an array in CPU memory shares the
   * description of its shape, which ND4J otherwise takes longer to create than a small network to
   * predict.
   *
   * @param x any array; not changed
   * @return a new array
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray copyOf(INDArray x) {
    if (Memory.isPlainRow(x)
        && !x.isView()
        && x instanceof NDArray
        && x.shapeInfoDataBuffer() instanceof LongBuffer shape) {
      try {
        DataBuffer data = Nd4j.createBufferDetached(new long[] {x.length()}, x.dataType());
        INDArray copy = new NDArray(data, shape, x.shapeInfoJava());
        Memory.copy(x, copy);
        return copy;
      } catch (OutOfMemoryError e) {
        throw OutOfMemory.explained(e);
      }
    }
    return Detached.make(() -> x.dup('c'));
  }

  /**
   * Returns an array of equal elements.
   *
   * @param value the element
   * @param type the data type
   * @param shape the dimensions
   * @return a new array
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray filled(double value, DataType type, long... shape) {
    INDArray array = uninitialized(type, shape);
    if (array.isEmpty()) {
      return array;
    }
    if (value == 0 && Memory.ON_CPU) {
      Memory.clear(
          array); // assign allocates an array for the value, and leaves it to the garbage collector
      return array;
    }
    return array.assign(value);
  }

  /**
   * Returns an array of zeros.
   *
   * @param type the data type
   * @param shape the dimensions
   * @return a new array
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray zeros(DataType type, long... shape) {
    return filled(0, type, shape);
  }

  /**
   * Returns a scalar.
   *
   * @param value the element
   * @return a new DOUBLE array of rank 0
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray scalar(double value) {
    return Detached.make(() -> Nd4j.scalar(value));
  }

  /**
   * Returns a vector of Java numbers.
   *
   * @param numbers its elements; copied
   * @return a new DOUBLE array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(double... numbers) {
    return Detached.make(() -> Nd4j.createFromArray(numbers));
  }

  /**
   * Returns a vector of Java numbers.
   *
   * @param numbers its elements; copied
   * @return a new FLOAT array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(float... numbers) {
    return Detached.make(() -> Nd4j.createFromArray(numbers));
  }

  /**
   * Returns a vector of Java integers.
   *
   * @param values its elements; copied
   * @return a new INT array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(int... values) {
    return Detached.make(() -> Nd4j.createFromArray(values));
  }

  /**
   * Returns a vector of Java integers.
   *
   * @param values its elements; copied
   * @return a new LONG array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(long... values) {
    return Detached.make(() -> Nd4j.createFromArray(values));
  }

  /**
   * Returns a vector of Java integers.
   *
   * @param values its elements; copied
   * @return a new SHORT array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(short... values) {
    return Detached.make(() -> Nd4j.createFromArray(values));
  }

  /**
   * Returns a vector of Java integers.
   *
   * @param values its elements; copied
   * @return a new BYTE array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(byte... values) {
    return Detached.make(() -> Nd4j.createFromArray(values));
  }

  /**
   * Returns a vector of Java booleans.
   *
   * @param values its elements; copied
   * @return a new BOOL array {@code [n]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(boolean... values) {
    return Detached.make(() -> Nd4j.createFromArray(values));
  }

  /**
   * Returns a matrix of Java numbers.
   *
   * @param rows its rows, all of one length; copied
   * @return a new DOUBLE array {@code [rows, columns]}
   * @throws IllegalStateException if ND4J cannot start
   */
  public static INDArray of(double[][] rows) {
    return Detached.make(() -> Nd4j.createFromArray(rows));
  }
}
