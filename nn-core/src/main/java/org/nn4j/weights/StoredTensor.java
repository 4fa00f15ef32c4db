package org.nn4j.weights;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tensor of an open file, read on request.
 *
 * @param name its name in the file
 * @param type an element type of safetensors, such as {@code F32}, or the file's name of another
 *     type
 * @param shape its dimensions; none for a scalar
 * @param source reads the elements
 */
record StoredTensor(String name, String type, List<Long> shape, Source source) {
  private static final Set<String> REAL = Set.of("F64", "F32", "F16", "BF16");

  /** Reads the elements of a tensor. */
  @FunctionalInterface
  interface Source {
    INDArray read() throws IOException;
  }

  /** Whether the elements are floating-point numbers. */
  boolean isReal() {
    return REAL.contains(type);
  }

  /** The shape with the dimensions in reverse order. */
  List<Long> transposedShape() {
    return IntStream.range(0, shape.size()).mapToObj(i -> shape.get(shape.size() - 1 - i)).toList();
  }

  @Override
  public String toString() {
    return name + " " + shape + " " + type;
  }
}
