package org.nn4j.internal.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.internal.memory.MemoryBuffers;

/**
 * Element type of the fast kernel, with the loops of the primitives over Java arrays of that type.
 * Thread-safe.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
abstract sealed class Elements<A> permits Floats, Doubles {
  /** Bytes per element. */
  final int width;

  private final ThreadLocal<Chunks<A>> chunks;

  Elements(DataType type) {
    this.width = type.width();
    this.chunks = ThreadLocal.withInitial(() -> new Chunks<>(this));
  }

  /** Returns the chunks of the calling thread. */
  final Chunks<A> chunks() {
    return chunks.get();
  }

  abstract A newArray(int length);

  abstract A[] newArrays(int count);

  abstract int length(A array);

  /** Sets an element, rounded to the type. */
  abstract void set(A array, int i, double value);

  /** Sets the first elements to 0. */
  abstract void clear(A array, int n);

  abstract void read(MemoryBuffers memory, long address, A to, int at, int n);

  abstract void write(MemoryBuffers memory, A from, int at, long address, int n);

  /** Copies elements to memory, rounded to the type. */
  abstract void writeFloats(Chunks<A> chunks, float[] numbers, long address);

  /** Copies elements to memory, rounded to the type. */
  abstract void writeDoubles(Chunks<A> chunks, double[] numbers, long address);

  /** Copies as many elements from memory as an array has. */
  abstract void readFloats(Chunks<A> chunks, float[] numbers, long address);

  /** Copies as many elements from memory as an array has. */
  abstract void readDoubles(Chunks<A> chunks, double[] numbers, long address);

  /** Converts bytes to pixels from 0 to 1. Fast for zeros, which are most pixels of a drawing. */
  abstract void fromPixels(byte[] pixels, int from, A to, int n);

  /** {@code x ← α x}. */
  abstract void scale(double alpha, A x, int n);

  /** Multiplies each row of {@code n} elements by its factor. */
  abstract void scaleRows(A x, A factors, int rows, int n);

  /** {@code x ← x y}. */
  abstract void multiply(A x, A y, int n);

  abstract double sum(A x, int n);

  abstract double sumOfSquares(A x, int n);

  /** Returns whether a row passes a test. */
  abstract boolean passes(A x, int at, int n, RowCondition test);

  /** {@code sums ← sums + x}, for the row of x that begins at an index. */
  abstract void addRow(double[] sums, A x, int at);

  /** {@code sums ← sums + x y}, for the rows that begin at an index. */
  abstract void addProducts(double[] sums, A x, A y, int at);

  /** {@code sums ← sums + (x − means)²}, for the row of x that begins at an index. */
  abstract void addSquares(double[] sums, A x, double[] means, int at);
}
