package org.nn4j;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Recipe that builds a layer when the input shape is known.
 *
 * <p>A recipe can be built many times; each call creates a layer with new parameters.
 * Implementations are immutable and thread-safe. Their {@code toString()} is the name of the layer
 * in messages.
 */
@FunctionalInterface
public interface LayerSpec {
  /**
   * Builds the layer.
   *
   * @param input the shape of one sample of the input
   * @param type the data type of the parameters and of all arrays
   * @param random the source of all randomness
   * @return a complete layer
   * @throws ShapeMismatchException if the layer does not accept this shape
   */
  Layer build(Shape input, DataType type, RandomGenerator random);
}
