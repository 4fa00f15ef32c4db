package org.nn4j;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An immutable recipe that yields a complete layer once the input shape is known.
 *
 * <p>One recipe may be built many times; each time gives a new layer with parameters of its own.
 * Implementations are immutable and thread-safe. Their {@code toString()} names the layer in
 * messages.
 */
@FunctionalInterface
public interface LayerSpec {
  /**
   * Makes the layer.
   *
   * @param input the shape of one sample of the input
   * @param type the data type of the parameters and of all arrays
   * @param random the source of all randomness
   * @return a complete layer
   * @throws ShapeMismatchException if the layer cannot take this shape
   */
  Layer build(Shape input, DataType type, RandomGenerator random);
}
