package org.nn4j.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.ElementType;
import org.nn4j.io.ModelFormatException;

/**
 * Position of a tensor's elements in a sequence of bytes.
 *
 * <pre>
 * element [i₀, i₁, ...] is at byte width (offset + i₀ stride₀ + i₁ stride₁ + ...)
 * </pre>
 *
 * @param type the type of the elements
 * @param order the order of the bytes of an element
 * @param offset the number of elements before the first
 * @param shape the dimensions, each 0 or more
 * @param strides the distance in elements between neighbors of each dimension, each 0 or more
 */
record StridedElements(
    ElementType type, ByteOrder order, long offset, List<Long> shape, List<Long> strides) {

  /** Largest rank of ND4J's arrays. */
  static final int MAX_RANK = 32;

  /** Elements without gaps, the last index fastest ({@code rowMajor}) or the first. */
  static StridedElements dense(
      ElementType type, ByteOrder order, List<Long> shape, boolean rowMajor) {
    List<Long> strides = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
    long stride = 1;
    for (int i = 0; i < shape.size(); i++) {
      int axis = rowMajor ? shape.size() - 1 - i : i;
      strides.set(axis, stride);
      stride = Math.multiplyExact(stride, shape.get(axis));
    }
    return new StridedElements(type, order, 0, shape, List.copyOf(strides));
  }

  /**
   * Returns the number of elements.
   *
   * @throws ArithmeticException if it is 2^63 or more
   */
  long count() {
    long count = 1;
    for (long dimension : shape) {
      count = Math.multiplyExact(count, dimension);
    }
    return count;
  }

  /**
   * Returns the number of elements of the sequence from the first to the last of the tensor.
   *
   * @throws ArithmeticException if it is 2^63 or more
   */
  long extent() {
    if (count() == 0) {
      return 0;
    }
    long last = 0;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
    }
    return Math.addExact(last, 1);
  }

  /** Reads the elements from a sequence; allocates memory only for bytes that exist. */
  INDArray read(InputStream in, String file, String name) throws IOException {
    long bytes = Math.multiplyExact(extent(), (long) type.width());
    if (Math.max(bytes, count() * type.width()) > Integer.MAX_VALUE - Long.BYTES) {
      throw wrong(file, name, "fewer than 2^31 bytes", bytes + " bytes", "divide the tensor");
    }
    in.skipNBytes(offset * type.width());
    byte[] sequence = in.readNBytes((int) bytes);
    if (sequence.length < bytes) {
      throw wrong(file, name, bytes + " bytes", sequence.length + " bytes", "copy it again");
    }
    byte[] elements = isRowMajor() ? sequence : gathered(sequence);
    long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
    try {
      return type.read(ByteBuffer.wrap(elements).order(order), (int) count())
          .reshape('c', dimensions);
    } catch (ArithmeticException e) {
      throw wrong(
          file,
          name,
          "elements that fit the data type " + type.type(),
          String.valueOf(e.getMessage()),
          "convert the tensor to float64");
    }
  }

  private static ModelFormatException wrong(
      String file, String name, String expected, String found, String remedy) {
    return new ModelFormatException(file, "tensor '" + name + "'", expected, found, remedy);
  }

  private boolean isRowMajor() {
    return strides.equals(dense(type, order, shape, true).strides);
  }

  /** Copies the elements of the sequence to row-major order. */
  private byte[] gathered(byte[] sequence) {
    int width = type.width();
    byte[] elements = new byte[(int) count() * width];
    long[] index = new long[shape.size()];
    long from = 0;
    for (int to = 0; to < elements.length; to += width) {
      System.arraycopy(sequence, (int) from * width, elements, to, width);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        index[axis]++;
        from += strides.get(axis);
        if (index[axis] < shape.get(axis)) {
          break;
        }
        from -= index[axis] * strides.get(axis);
        index[axis] = 0;
      }
    }
    return elements;
  }
}
