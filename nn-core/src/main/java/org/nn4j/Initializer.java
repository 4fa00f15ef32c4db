package org.nn4j;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Initialization of a parameter.
 *
 * <p>Implementations are immutable and thread-safe.
 */
@FunctionalInterface
public interface Initializer {
  /**
   * Creates the initial value.
   *
   * @param shape its shape; for weights {@code [in, out]}, so that the fan-in is the first
   *     dimension and the fan-out the last
   * @param type its data type
   * @param random the source of all randomness
   * @return a new row-major array
   */
  INDArray create(Shape shape, DataType type, RandomGenerator random);
}
