package org.nn4j.data;

import java.util.random.RandomGenerator;
import org.nn4j.Shape;

/**
 * Changes the input of a sample at random, in ways that leave its target what it is; see {@link
 * Dataset#augment}.
 *
 * <pre>{@code
 * Augmentation noise =
 *     (input, random) -> {
 *       for (int i = 0; i < input.length; i++) {
 *         input[i] += (float) (0.1 * random.nextGaussian());
 *       }
 *     };
 * }</pre>
 *
 * <p>Implementations are thread-safe and draw from the generator alone, so that the same seed gives
 * the same samples. For images there is {@link org.nn4j.data.image.ImageAugmentation}.
 */
@FunctionalInterface
public interface Augmentation {
  /**
   * Changes a sample.
   *
   * @param input the numbers of its input, row-major; a copy, to be changed
   * @param random the source of all randomness, which no other sample draws from
   */
  void apply(float[] input, RandomGenerator random);

  /**
   * Checks that samples of a shape can be changed; any can unless overridden.
   *
   * @param input the shape of an input
   * @throws IllegalArgumentException if they cannot
   */
  default void requireFits(Shape input) {}
}
