package org.nn4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nn4j.internal.ElementType;
import org.nn4j.internal.Texts;
import org.nn4j.internal.memory.NewArrays;

/**
 * Conversion of the elements of a tensor to bytes and back: row-major, little-endian, piece by
 * piece.
 */
final class TensorData {
  /** Elements in a piece: large enough for speed, small compared with a large tensor. */
  private static final int PIECE = 1 << 18;

  private TensorData() {}

  static void write(INDArray tensor, OutputStream out) throws IOException {
    if (tensor.isEmpty()) {
      return;
    }
    ElementType type = ElementType.of(tensor.dataType()).orElseThrow();
    try (INDArray copy = tensor.dup('c')) {
      INDArray row = copy.reshape(copy.length());
      for (long from = 0; from < row.length(); from += PIECE) {
        INDArray piece = row.get(NDArrayIndex.interval(from, end(from, row.length())));
        byte[] bytes = new byte[(int) piece.length() * type.width()];
        type.write(piece, buffer(bytes));
        out.write(bytes);
      }
    }
  }

  /** Returns a new array, outside any workspace that the caller may have open. */
  static INDArray read(TensorInfo tensor, InputStream in, String file) throws IOException {
    ElementType type =
        ElementType.named(tensor.dtype())
            .orElseThrow(
                () ->
                    wrong(
                        tensor,
                        file,
                        "dtype F64, F32, F16, BF16, I64 to I8, U64 to U8 or BOOL",
                        tensor.dtype(),
                        "convert the tensor to F32, or read the other tensors by name"));
    if (tensor.length() == 0) {
      return NewArrays.uninitialized(type.type(), tensor.dimensions());
    }
    INDArray row = NewArrays.uninitialized(type.type(), tensor.length());
    byte[] bytes = new byte[(int) end(0, tensor.length()) * type.width()];
    for (long from = 0; from < row.length(); from += PIECE) {
      long to = end(from, row.length());
      int count = (int) (to - from);
      int wanted = count * type.width();
      int found = in.readNBytes(bytes, 0, wanted);
      if (found < wanted) {
        throw cutShort(tensor, file);
      }
      try (INDArray piece = type.read(buffer(bytes), count)) {
        row.get(NDArrayIndex.interval(from, to)).assign(piece);
      } catch (ArithmeticException e) {
        throw wrong(
            tensor,
            file,
            "elements that fit the data type " + type.type(),
            String.valueOf(e.getMessage()),
            "convert the tensor to F64");
      }
    }
    return row.reshape('c', tensor.dimensions());
  }

  static ModelFormatException cutShort(TensorInfo tensor, String file) {
    return wrong(
        tensor,
        file,
        "all bytes that the file had when it was opened",
        "its end",
        "do not change a file while it is read");
  }

  private static ModelFormatException wrong(
      TensorInfo tensor, String file, String expected, String found, String remedy) {
    return new ModelFormatException(
        file, "tensor '" + Texts.brief(tensor.name()) + "'", expected, Texts.brief(found), remedy);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long end(long from, long length) {
    return Math.min(from + PIECE, length);
  }
}
