package org.nn4j.predict;

/** Layer at inference, which computes the output of one sample. Implementations are thread-safe. */
@FunctionalInterface
public interface LayerFunction {
  /**
   * Computes the output of one sample.
   *
   * @param input the input, row-major; do not change it
   * @param output receives every element of the output, row-major
   */
  void apply(float[] input, float[] output);
}
