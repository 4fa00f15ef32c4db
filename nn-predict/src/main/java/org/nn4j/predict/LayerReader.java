package org.nn4j.predict;

/**
 * Reader of a user-defined layer or activation in a model file.
 *
 * <pre>{@code
 * LayerReader gain = layer -> {
 *   float factor = (float) layer.number("factor");
 *   return (input, output) -> {
 *     for (int i = 0; i < output.length; i++) {
 *       output[i] = factor * input[i];
 *     }
 *   };
 * };
 * Predictor.load(path, Map.of("my.Gain", gain));
 * }</pre>
 */
@FunctionalInterface
public interface LayerReader {
  /**
   * Reads a layer.
   *
   * @param layer its settings and parameters
   * @return the layer at inference
   * @throws ModelFormatException if a setting or a parameter is missing or wrong
   */
  LayerFunction read(LayerDescription layer) throws ModelFormatException;
}
