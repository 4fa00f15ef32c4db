package org.nn4j.internal.memory;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Vector that begins at a cache line, if possible, which makes products up to 15 % faster.
 *
 * @param room the array that contains the vector; close it after the last use of the vector
 * @param vector the room, or a part of it
 */
public record AlignedVector(INDArray room, INDArray vector) {
  /**
   * Returns a vector of zeros for parameters, outside any workspace that the caller may have open.
   *
   * @param type FLOAT or DOUBLE
   * @param length the number of elements
   * @return a new vector, which may be a view
   */
  public static AlignedVector zeros(DataType type, long length) {
    if (length == 0) {
      INDArray empty = NewArrays.uninitialized(type, 0);
      return new AlignedVector(empty, empty);
    }
    Backend.require(); // before Memory uses ND4J
    long spare = Memory.ON_CPU ? Memory.LINE / type.width() - 1 : 0;
    INDArray room = NewArrays.uninitialized(type, length + spare);
    if (spare == 0) {
      return new AlignedVector(room, room.assign(0));
    }
    Memory.clear(room);
    long from = Memory.toNextLine(room);
    return new AlignedVector(room, room.get(NDArrayIndex.interval(from, from + length)));
  }

  /**
   * Returns the size of the room.
   *
   * @return bytes outside the Java heap
   */
  public long bytes() {
    return room.length() * room.dataType().width();
  }
}
