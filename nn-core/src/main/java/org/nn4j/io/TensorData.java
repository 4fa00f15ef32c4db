package org.nn4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.kernel.NewArrays;

/** The numbers of one tensor as bytes: row-major, little-endian, a piece at a time. */
final class TensorData {
  /** Numbers in a piece: large enough for speed, small beside any tensor worth the trouble. */
  private static final int PIECE = 1 << 18;

  private TensorData() {}

  static void write(INDArray tensor, OutputStream out) throws IOException {
    if (tensor.isEmpty()) {
      return;
    }
    try (INDArray copy = tensor.dup('c')) {
      INDArray row = copy.reshape(copy.length());
      for (long from = 0; from < row.length(); from += PIECE) {
        out.write(bytes(row.get(NDArrayIndex.interval(from, end(from, row.length())))));
      }
    }
  }

  private static byte[] bytes(INDArray piece) {
    byte[] bytes = new byte[(int) piece.length() * piece.dataType().width()];
    if (piece.dataType() == DataType.FLOAT) {
      buffer(bytes).asFloatBuffer().put(piece.toFloatVector());
    } else {
      buffer(bytes).asDoubleBuffer().put(piece.toDoubleVector());
    }
    return bytes;
  }

  /** A new array, outside any workspace that the caller may have open. */
  static INDArray read(TensorInfo tensor, InputStream in, String file) throws IOException {
    if (tensor.length() == 0) {
      return NewArrays.uninitialized(tensor.type(), tensor.dimensions());
    }
    INDArray row = NewArrays.uninitialized(tensor.type(), tensor.length());
    byte[] bytes = new byte[(int) end(0, tensor.length()) * tensor.type().width()];
    for (long from = 0; from < row.length(); from += PIECE) {
      long to = end(from, row.length());
      int count = (int) (to - from);
      int wanted = count * tensor.type().width();
      int found = in.readNBytes(bytes, 0, wanted);
      if (found < wanted) {
        throw new ModelFormatException(
            file,
            "tensor '" + tensor.name() + "'",
            "all bytes that the file had when it was opened",
            "its end",
            "do not change a file while it is read");
      }
      try (INDArray piece = numbers(buffer(bytes), count, tensor.type())) {
        row.get(NDArrayIndex.interval(from, to)).assign(piece);
      }
    }
    return row.reshape('c', tensor.dimensions());
  }

  private static INDArray numbers(ByteBuffer bytes, int count, DataType type) {
    if (type == DataType.FLOAT) {
      float[] numbers = new float[count];
      bytes.asFloatBuffer().get(numbers);
      return NewArrays.of(numbers);
    }
    double[] numbers = new double[count];
    bytes.asDoubleBuffer().get(numbers);
    return NewArrays.of(numbers);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long end(long from, long length) {
    return Math.min(from + PIECE, length);
  }
}
