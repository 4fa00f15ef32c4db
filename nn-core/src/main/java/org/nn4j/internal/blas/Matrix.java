package org.nn4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nn4j.internal.memory.Memory;

/**
 * Row-major matrix at an address. Objects are reused, because a new one for each product would be
 * garbage. Owns no memory and keeps no array alive.
 */
final class Matrix {
  private final Memory.Block toFloats = new Memory.Block();
  private final Memory.DoubleBlock toDoubles = new Memory.DoubleBlock();

  /** Address of the first element. */
  long address;

  /** Distance of stored rows, in elements. */
  int stride;

  /** Whether the memory contains the transpose. */
  boolean transposed;

  /** Moves this object to another address. */
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
