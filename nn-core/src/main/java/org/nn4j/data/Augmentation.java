package org.nn4j.data;

import java.util.random.RandomGenerator;
import org.nn4j.Shape;

/**
 * Random change of the input of a sample that preserves its target; see {@link Dataset#augment}.
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
 * <p>Implementations are thread-safe and draw only from the generator, so that equal seeds yield
 * equal samples. {@link org.nn4j.data.image.ImageAugmentation} is for images.
 */
@FunctionalInterface
public interface Augmentation {
  /**
   * Changes a sample.
   *
   * @param input the elements of its input, row-major; a copy to write to
   * @param random the source of all randomness, for this sample only
   */
  void apply(float[] input, RandomGenerator random);

  /**
   * Checks that samples of a shape can be changed. Accepts all shapes by default.
   *
   * @param input the shape of an input
   * @throws IllegalArgumentException if they cannot
   */
  default void requireFits(Shape input) {}
}
