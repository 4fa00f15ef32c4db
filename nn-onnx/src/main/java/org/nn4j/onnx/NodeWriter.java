package org.nn4j.onnx;

/**
 * Export of a layer or an activation of your own.
 *
 * <pre>{@code
 * OnnxOptions options =
 *     OnnxOptions.defaults()
 *         .with(
 *             Gain.class,
 *             (gain, x, graph) ->
 *                 graph.node("Mul", x, graph.constant("gain", gain.parameters().get(0).value())));
 * }</pre>
 *
 * @param <T> the class of the layer or activation
 */
@FunctionalInterface
public interface NodeWriter<T> {
  /**
   * Adds the nodes that compute the layer or activation in inference.
   *
   * @param piece the layer or activation
   * @param input the name of its input, {@code [batch, in...]}
   * @param graph the graph
   * @return the name of its output, {@code [batch, out...]}; the input itself if nothing is
   *     computed
   */
  String write(T piece, String input, OnnxGraph graph);
}
