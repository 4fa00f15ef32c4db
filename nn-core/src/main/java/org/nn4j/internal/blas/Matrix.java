package org.nn4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nn4j.internal.memory.Memory;

/**
 * A row-major matrix that lies in memory: one object is moved from place to place, because a new
 * one for each product would be garbage. It owns no memory and keeps no array alive.
 */
final class Matrix {
  private final Memory.Block toFloats = new Memory.Block();
  private final Memory.DoubleBlock toDoubles = new Memory.DoubleBlock();

  /** Where its first number is. */
  long address;

  /** Numbers from one row, as stored, to the next. */
  int stride;

  /** Whether what is stored is its transpose. */
  boolean transposed;

  /** This object, somewhere else. */
  Matrix at(long newAddress, int newStride, boolean storedTransposed) {
    address = newAddress;
    stride = newStride;
    transposed = storedTransposed;
    return this;
  }

  FloatPointer floats() {
    return toFloats.at(address);
  }

  DoublePointer doubles() {
    return toDoubles.at(address);
  }
}
