package org.nn4j.predict;

/** A layer at inference: the output of one sample from its input. Must be thread-safe. */
@FunctionalInterface
public interface LayerFunction {
  /**
   * Computes the output of one sample.
   *
   * @param input the input, row-major; not to be changed
   * @param output receives every element of the output, row-major
   */
  void apply(float[] input, float[] output);
}
