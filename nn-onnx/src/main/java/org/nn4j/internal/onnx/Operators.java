package org.nn4j.internal.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nn4j.io.ModelFormatException;

/** Supported operators by name, and alternatives to unsupported ones. */
final class Operators {
  /** Reader of the only node that uses the current value. */
  @FunctionalInterface
  interface Reader {
    /**
     * Adds the layer of a node, or reports why it cannot.
     *
     * @return the next value; empty if the walk cannot continue
     */
    String read(GraphNode node, Walk walk) throws ModelFormatException;
  }

  private static final Map<String, Reader> READERS = new HashMap<>();

  /** Operators that are supported only within a pattern. */
  private static final Set<String> PARTS =
      Set.of("Erf", "ReduceMean", "ReduceMax", "ReduceSum", "Pow", "Sqrt", "Log");

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("HardSigmoid", "use sigmoid"),
          Map.entry("HardSwish", "use silu"),
          Map.entry("Mish", "use silu"),
          Map.entry("Selu", "use elu"),
          Map.entry("Softsign", "use tanh"),
          Map.entry("ThresholdedRelu", "use relu"),
          Map.entry("Hardmax", "use softmax"),
          Map.entry("Conv", "no convolutions: use dense layers"),
          Map.entry("MaxPool", "no pooling: use dense layers"),
          Map.entry("AveragePool", "no pooling: use dense layers"),
          Map.entry("LSTM", "no recurrent layers"),
          Map.entry("GRU", "no recurrent layers"),
          Map.entry("RNN", "no recurrent layers"),
          Map.entry("If", "no control flow"),
          Map.entry("Loop", "no control flow"),
          Map.entry("Scan", "no control flow"),
          Map.entry("QuantizeLinear", "export the model before quantization"),
          Map.entry("DequantizeLinear", "export the model before quantization"),
          Map.entry(
              "Cast",
              "only to FLOAT, DOUBLE, FLOAT16 or BFLOAT16; a constant also to INT32, INT64 or BOOL"),
          Map.entry("Concat", "a network is a chain"),
          Map.entry("Split", "a network is a chain"));

  static {
    READERS.put("Gemm", LinearReader::gemm);
    READERS.put("MatMul", LinearReader::matMul);
    for (String operator : Set.of("Add", "Sub", "Mul", "Div", "Neg")) {
      READERS.put(operator, LinearReader::affine);
    }
    for (String operator : ActivationReader.OPERATORS) {
      READERS.put(operator, ActivationReader::read);
    }
    READERS.put("Softmax", ActivationReader::softmax);
    READERS.put("LogSoftmax", ActivationReader::logSoftmax);
    READERS.put("Exp", Patterns::exp);
    READERS.put("BatchNormalization", NormalizationReader::batch);
    READERS.put("LayerNormalization", NormalizationReader::layer);
    READERS.put("Flatten", ShapeReader::flatten);
    READERS.put("Reshape", ShapeReader::reshape);
    READERS.put("Squeeze", ShapeReader::squeeze);
    READERS.put("Unsqueeze", ShapeReader::squeeze);
    READERS.put("Transpose", ShapeReader::transpose);
  }

  private Operators() {}

  /** Returns the names of the supported operators. */
  static Set<String> names() {
    return READERS.keySet();
  }

  static boolean isKnown(GraphNode node) {
    return READERS.containsKey(node.operator()) || PARTS.contains(node.operator());
  }

  /** Returns the alternative to an operator. */
  static String instead(GraphNode node) {
    return INSTEAD.getOrDefault(node.operator(), "nn4j has no such operator");
  }

  /** Reads a node. The walk continues after an unknown one, to report all. */
  static String read(GraphNode node, Walk walk) throws ModelFormatException {
    Reader reader = READERS.get(node.operator());
    if (reader == null) {
      walk.refuse(node, instead(node));
      walk.sample().regroup(Dimensions.UNKNOWN);
      return node.output();
    }
    return reader.read(node, walk);
  }
}
