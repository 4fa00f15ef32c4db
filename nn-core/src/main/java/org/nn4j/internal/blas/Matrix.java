package org.nn4j.internal.blas;

import org.nn4j.internal.memory.Memory;

/**
 * A row-major matrix of floats that lies in memory: one object is moved from place to place,
 * because a new one for each product would be garbage. It owns no memory and keeps no array alive.
 */
final class Matrix {
  /** Where its first number is. */
  final Memory.Block pointer = new Memory.Block();

  /** Numbers from one row, as stored, to the next. */
  int stride;

  /** Whether what is stored is its transpose. */
  boolean transposed;

  /** This object, somewhere else. */
  Matrix at(long address, int newStride, boolean storedTransposed) {
    pointer.at(address);
    stride = newStride;
    transposed = storedTransposed;
    return this;
  }
}
