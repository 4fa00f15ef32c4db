package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/**
 * Input and output of a network in a graph, and the nodes between them.
 *
 * @param input the value that is the network's input
 * @param inputInfo its declared type; null if it is a value within the graph
 * @param output the value that is the network's output
 * @param nodes the nodes between them, in order
 * @param info the metadata of the network between these ends; empty if there is none
 */
record GraphEnds(
    String input,
    @Nullable ValueInfoProto inputInfo,
    String output,
    List<NodeProto> nodes,
    String info) {

  /**
   * Chooses the ends of a network.
   *
   * @param wanted the name of the output; null for the only one of the graph
   * @throws ModelFormatException if names are missing or not unique, nodes are not in order, or the
   *     output is ambiguous
   */
  static GraphEnds of(ModelReader model, @Nullable String wanted) throws ModelFormatException {
    GraphProto graph = model.proto().getGraph();
    Map<String, ValueInfoProto> inputs = new LinkedHashMap<>();
    Map<String, NodeProto> producers = new HashMap<>();
    checkNames(model.name(), graph, inputs, producers);
    String own = model.metadata().get(Metadata.OUTPUT);
    boolean isOwn = wanted == null && own != null && producers.containsKey(own);
    String output = output(model.name(), graph, producers, isOwn ? own : wanted);
    String start = isOwn ? model.metadata().getOrDefault(Metadata.INPUT, "") : "";
    String info = isOwn ? model.metadata().getOrDefault(Metadata.INFO, "") : "";

    Set<String> needed = new HashSet<>(Set.of(output));
    List<NodeProto> nodes = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      boolean isNeeded =
          node.getOutputList().stream()
              .anyMatch(value -> needed.contains(value) && !value.equals(start));
      if (isNeeded) {
        nodes.add(node);
        needed.addAll(node.getInputList());
        needed.remove(""); // an omitted optional input
      }
    }
    Collections.reverse(nodes);
    List<String> used = inputs.keySet().stream().filter(needed::contains).toList();
    if (needed.contains(start)) {
      used = List.of(start);
    }
    if (used.size() != 1) {
      throw new ModelFormatException(
          model.name(),
          "graph",
          "one input that output '" + output + "' depends on",
          used.isEmpty() ? "none" : used.size() + ": " + String.join(", ", used),
          "import a part with one input: Onnx.importNetwork(file, \"name of a value\")");
    }
    return new GraphEnds(used.get(0), inputs.get(used.get(0)), output, nodes, info);
  }

  /** Checks that each value is defined once, before it is used: then there is no cycle. */
  private static void checkNames(
      String file,
      GraphProto graph,
      Map<String, ValueInfoProto> inputs,
      Map<String, NodeProto> producers)
      throws ModelFormatException {
    Set<String> defined = new HashSet<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (!defined.add(tensor.getName())) {
        throw unsound(file, "names that differ", "'" + tensor.getName() + "' twice");
      }
    }
    for (ValueInfoProto input : graph.getInputList()) {
      if (!defined.contains(input.getName())) { // before IR 4, initializers are inputs too
        inputs.put(input.getName(), input);
      }
    }
    defined.addAll(inputs.keySet());
    graph.getSparseInitializerList().forEach(t -> defined.add(t.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      for (String value : node.getInputList()) {
        if (!value.isEmpty() && !defined.contains(value)) {
          throw unsound(
              file,
              "inputs that an earlier node, an initializer or an input of the graph defines",
              "'" + value + "' of " + node.getOpType() + " '" + node.getName() + "'");
        }
      }
      for (String value : node.getOutputList()) {
        if (!value.isEmpty() && !defined.add(value)) {
          throw unsound(file, "names that differ", "'" + value + "' twice");
        }
        producers.put(value, node);
      }
    }
  }

  private static String output(
      String file, GraphProto graph, Map<String, NodeProto> producers, @Nullable String wanted)
      throws ModelFormatException {
    List<String> all = graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    List<String> numbers =
        graph.getOutputList().stream()
            .filter(GraphEnds::isOfRealNumbers)
            .map(ValueInfoProto::getName)
            .toList();
    String chosen = wanted != null ? wanted : numbers.size() == 1 ? numbers.get(0) : "";
    if (chosen.isEmpty()) {
      throw new ModelFormatException(
          file,
          "graph",
          "one output of floating-point numbers",
          String.join(", ", all),
          "name one: Onnx.importNetwork(file, \"" + all.get(0) + "\")");
    }
    if (!producers.containsKey(chosen)) {
      throw new ModelFormatException(
          file,
          "graph",
          "a node that computes '" + chosen + "'",
          "none; the outputs of the graph are " + String.join(", ", all),
          "name one of them");
    }
    return chosen;
  }

  private static boolean isOfRealNumbers(ValueInfoProto output) {
    int type = output.getType().getTensorType().getElemType();
    return type == TensorProto.DataType.FLOAT.getNumber()
        || type == TensorProto.DataType.DOUBLE.getNumber()
        || type == TensorProto.DataType.FLOAT16.getNumber()
        || type == TensorProto.DataType.BFLOAT16.getNumber();
  }

  private static ModelFormatException unsound(String file, String expected, String found) {
    return new ModelFormatException(
        file, "graph", expected, found, "export the model again, or copy the file again");
  }
}
