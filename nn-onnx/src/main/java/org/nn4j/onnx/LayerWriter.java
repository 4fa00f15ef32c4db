package org.nn4j.onnx;

import java.util.List;
import java.util.Map;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.layer.ActivationLayer;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dense;
import org.nn4j.layer.Dropout;
import org.nn4j.layer.Flatten;
import org.nn4j.layer.LayerNormalization;
import org.nn4j.model.Network;

/** Export of layers in inference: those of the library, and those in the options. */
final class LayerWriter {
  private final OnnxOptions options;
  private final OnnxGraph graph;
  private final ActivationWriter activations;

  LayerWriter(OnnxOptions options, OnnxGraph graph) {
    this.options = options;
    this.graph = graph;
    this.activations = new ActivationWriter(options, graph);
  }

  /** Writes the layers of a network, each under its place, such as {@code layers.0.}. */
  String write(Network network, String input) {
    String outer = graph.place();
    String x = input;
    for (int i = 0; i < network.layers().size(); i++) {
      graph.enter(outer + "layers." + i + ".");
      x = write(network.layers().get(i), x);
    }
    graph.enter(outer);
    return x;
  }

  private String write(Layer layer, String x) {
    NodeWriter<Object> own = options.writer(layer).orElse(null);
    if (own != null) {
      return Require.notNull(own.write(layer, x, graph), layer, "output name");
    }
    if (layer instanceof Network network) {
      return write(network, x);
    }
    if (layer instanceof Dense dense) {
      String z = graph.node("Gemm", x, parameter(dense, 0), parameter(dense, 1));
      return activations.write(dense.activation(), z);
    }
    if (layer instanceof ActivationLayer activation) {
      return activations.write(activation.activation(), x);
    }
    if (layer instanceof BatchNormalization norm) {
      return graph.node(
          "BatchNormalization",
          Map.of("epsilon", attribute(norm.epsilon()), "momentum", 1 - norm.momentum()),
          x,
          parameter(norm, 0),
          parameter(norm, 1),
          parameter(norm, 2),
          parameter(norm, 3));
    }
    if (layer instanceof LayerNormalization norm) {
      return graph.opset() >= 17
          ? graph.node(
              "LayerNormalization",
              Map.of("axis", -1, "epsilon", attribute(norm.epsilon())),
              x,
              parameter(norm, 0),
              parameter(norm, 1))
          : inSteps(norm, x);
    }
    if (layer instanceof Flatten) {
      return graph.node("Flatten", Map.of("axis", 1), x);
    }
    if (layer instanceof Dropout) {
      return x;
    }
    throw unknown(layer, layer.toString(), "(layer, x, graph)");
  }

  /** Layer normalization before opset 17, which added the operator. */
  private String inSteps(LayerNormalization norm, String x) {
    Map<String, ?> lastAxis = Map.of("axes", List.of(-1L), "keepdims", 1);
    String centered = graph.node("Sub", x, graph.node("ReduceMean", lastAxis, x));
    String variance = graph.node("ReduceMean", lastAxis, graph.node("Mul", centered, centered));
    String epsilon = graph.divisor("epsilon", List.of(norm.epsilon()));
    String root = graph.node("Sqrt", graph.node("Add", variance, epsilon));
    String scaled = graph.node("Mul", graph.node("Div", centered, root), parameter(norm, 0));
    return graph.node("Add", scaled, parameter(norm, 1));
  }

  /** Returns ε, which divides, if it is above 0 as an attribute: these are FLOAT. */
  private double attribute(double epsilon) {
    Require.that(
        (float) epsilon > 0,
        "Onnx.export",
        "an epsilon of " + graph.place() + " that is above 0 as FLOAT",
        epsilon,
        "build the network with a larger epsilon");
    return epsilon;
  }

  private String parameter(Layer layer, int index) {
    Parameter parameter = layer.parameters().get(index);
    return graph.constant(parameter.name(), parameter.value());
  }

  static IllegalArgumentException unknown(Object piece, String who, String arguments) {
    return new IllegalArgumentException(
        Require.message(
            who,
            "a layer or activation of the library, or one that the options export",
            piece.getClass().getName(),
            "call OnnxOptions.with("
                + piece.getClass().getSimpleName()
                + ".class, "
                + arguments
                + " -> ...)"));
  }
}
