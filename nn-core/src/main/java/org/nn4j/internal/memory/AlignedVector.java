package org.nn4j.internal.memory;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A vector that begins with a line of the caches, where that can be: products with what begins
 * there take up to 15 % less.
 *
 * @param room the array that the vector lies in; to be closed when the vector is not used any more
 * @param vector the room, or a part of it
 */
public record AlignedVector(INDArray room, INDArray vector) {
  /**
   * Returns a vector of zeros, to be cut into parameters. It lies outside any workspace that the
   * caller may have open.
   *
   * @param type FLOAT or DOUBLE
   * @param length how many
   * @return a new vector, which may be a view
   */
  public static AlignedVector zeros(DataType type, long length) {
    if (length == 0) {
      INDArray empty = NewArrays.uninitialized(type, 0);
      return new AlignedVector(empty, empty);
    }
    Backend.require(); // before Memory asks ND4J
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
