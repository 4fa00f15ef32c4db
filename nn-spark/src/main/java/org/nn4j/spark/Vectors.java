package org.nn4j.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Vectors of FLOAT or DOUBLE as bytes, to be sent to other processes. */
final class Vectors {
  private Vectors() {}

  /** Returns the elements as little-endian bytes. */
  static byte[] bytes(INDArray vector) {
    int bytes = Math.multiplyExact(Math.toIntExact(vector.length()), vector.dataType().width());
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try (INDArray copy = vector.dup('c')) { // closed after the copy, so it stays reachable
      if (copy.dataType() == DataType.FLOAT) {
        buffer.asFloatBuffer().put(copy.data().asNioFloat());
      } else {
        buffer.asDoubleBuffer().put(copy.data().asNioDouble());
      }
    }
    return buffer.array();
  }

  /** Returns the elements of {@link #bytes} in double precision. */
  static double[] doubles(byte[] bytes, DataType type) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] doubles = new double[bytes.length / type.width()];
    if (type == DataType.FLOAT) {
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = buffer.getFloat(i * Float.BYTES);
      }
    } else {
      buffer.asDoubleBuffer().get(doubles);
    }
    return doubles;
  }

  /** Returns an array of the caller. */
  static INDArray array(byte[] bytes, DataType type) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (type == DataType.FLOAT) {
      float[] floats = new float[bytes.length / Float.BYTES];
      buffer.asFloatBuffer().get(floats);
      return Nd4j.createFromArray(floats);
    }
    return Nd4j.createFromArray(doubles(bytes, type));
  }
}
