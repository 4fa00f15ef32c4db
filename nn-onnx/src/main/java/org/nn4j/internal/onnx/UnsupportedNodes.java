package org.nn4j.internal.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.nn4j.io.ModelFormatException;

/** List of the nodes that a network cannot represent, reported together. */
final class UnsupportedNodes {
  private final Map<String, String> byNode = new LinkedHashMap<>();

  /** Adds a node and an alternative. */
  void add(GraphNode node, String instead) {
    add(node.toString(), instead);
  }

  void add(String place, String instead) {
    byNode.putIfAbsent(place, instead);
  }

  boolean isEmpty() {
    return byNode.isEmpty();
  }

  ModelFormatException asException(String file) {
    String list =
        byNode.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining("; "));
    return new ModelFormatException(
        file,
        "graph",
        "a chain of operators that nn4j has",
        byNode.size() + (byNode.size() == 1 ? " problem: " : " problems: ") + list,
        "change the model, or import a part: Onnx.importNetwork(file, \"name of a value\")");
  }
}
