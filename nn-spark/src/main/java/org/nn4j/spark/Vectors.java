package org.nn4j.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Vectors of FLOAT or DOUBLE as bytes, to be sent to other processes. */
final class Vectors {
  private Vectors() {}

  static byte[] bytes(INDArray vector) {
    int n = Math.toIntExact(vector.length());
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(n, vector.dataType().width()))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (vector.dataType() == DataType.FLOAT) {
      bytes.asFloatBuffer().put(vector.toFloatVector());
    } else {
      bytes.asDoubleBuffer().put(vector.toDoubleVector());
    }
    return bytes.array();
  }

  static INDArray array(byte[] bytes, DataType type) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (type == DataType.FLOAT) {
      float[] floats = new float[bytes.length / Float.BYTES];
      buffer.asFloatBuffer().get(floats);
      return Nd4j.createFromArray(floats);
    }
    double[] doubles = new double[bytes.length / Double.BYTES];
    buffer.asDoubleBuffer().get(doubles);
    return Nd4j.createFromArray(doubles);
  }
}
