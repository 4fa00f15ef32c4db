package org.nn4j.onnx;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Activation;
import org.nn4j.Require;
import org.nn4j.io.Settings;
import org.nn4j.persistence.ModelRegistry;

/**
 * Export of activations: those of the library, by their names and coefficients in model files, and
 * those in the options.
 */
final class ActivationWriter {
  private final OnnxOptions options;
  private final OnnxGraph graph;

  ActivationWriter(OnnxOptions options, OnnxGraph graph) {
    this.options = options;
    this.graph = graph;
  }

  String write(Activation activation, String z) {
    NodeWriter<Object> own = options.writer(activation).orElse(null);
    return own == null
        ? standard(activation, z)
        : Require.notNull(own.write(activation, z, graph), activation, "output name");
  }

  private String standard(Activation activation, String z) {
    Settings settings;
    try {
      settings = ModelRegistry.standard().describe(activation);
    } catch (IllegalArgumentException e) {
      throw unknown(activation);
    }
    return switch (settings.getString("type")) {
      case "identity" -> z;
      case "sigmoid" -> graph.node("Sigmoid", z);
      case "tanh" -> graph.node("Tanh", z);
      case "relu" -> graph.node("Relu", z);
      case "leakyRelu" -> inFloat(z, x -> alpha("LeakyRelu", settings.getDouble("slope"), x));
      case "elu" -> inFloat(z, x -> alpha("Elu", settings.getDouble("alpha"), x));
      case "gelu" -> inFloat(z, this::gelu);
      case "silu" -> inFloat(z, x -> graph.node("Mul", x, graph.node("Sigmoid", x)));
      case "softplus" -> inFloat(z, x -> graph.node("Softplus", x));
      case "softmax" -> graph.node("Softmax", Map.of("axis", -1), z);
      default -> throw unknown(activation);
    };
  }

  private static IllegalArgumentException unknown(Activation activation) {
    return LayerWriter.unknown(activation, activation.toString(), "(activation, z, graph)");
  }

  private String alpha(String operator, double alpha, String z) {
    return graph.node(operator, Map.of("alpha", alpha), z);
  }

  /** {@code z (1 + erf(z / √2)) / 2}; opset 20 has an operator for it. */
  private String gelu(String z) {
    if (graph.opset() >= 20) {
      return graph.node("Gelu", z);
    }
    String erf = graph.node("Erf", graph.node("Div", z, single(Math.sqrt(2))));
    String twice = graph.node("Mul", z, graph.node("Add", erf, single(1)));
    return graph.node("Mul", twice, single(0.5));
  }

  private String single(double value) {
    return graph.constant("constant", DataType.FLOAT, List.of(value));
  }

  /** Writes an operator that onnxruntime implements for FLOAT only. */
  private String inFloat(String z, UnaryOperator<String> activation) {
    return graph.dataType() == DataType.FLOAT
        ? activation.apply(z)
        : graph.castFrom(DataType.FLOAT, activation.apply(graph.cast(z, DataType.FLOAT)));
  }
}
