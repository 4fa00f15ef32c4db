package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/**
 * Part of a graph between an input and an output: the nodes that compute on data, in order, and the
 * constants. Nodes without effect in inference (Identity, Dropout, Cast between floating-point
 * types) are omitted.
 */
final class ReadGraph {
  private final String file;
  private final int opset;
  private final String input;
  private final @Nullable ValueInfoProto inputInfo;
  private final String output;
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, ReadTensor> constants = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, GraphNode> producers = new LinkedHashMap<>();
  private final Map<String, List<GraphNode>> consumers = new HashMap<>();
  private final Set<String> integers = new HashSet<>();

  /**
   * Reads the nodes between two values.
   *
   * @throws ModelFormatException if the graph or a constant is damaged
   */
  ReadGraph(ModelReader model, GraphEnds ends) throws ModelFormatException {
    this.file = model.name();
    this.opset = model.opset();
    this.input = ends.input();
    this.inputInfo = ends.inputInfo();
    model.proto().getGraph().getInitializerList().forEach(t -> initializers.put(t.getName(), t));
    for (NodeProto node : ends.nodes()) {
      add(node);
    }
    this.output = resolve(ends.output());
    for (GraphNode node : producers.values()) {
      for (String value : new HashSet<>(node.inputs())) {
        consumers.computeIfAbsent(value, any -> new ArrayList<>()).add(node);
      }
    }
  }

  private void add(NodeProto proto) throws ModelFormatException {
    GraphNode node =
        new GraphNode(proto, proto.getInputList().stream().map(this::resolve).toList());
    String output = node.output();
    ReadTensor folded = folded(node);
    if (folded != null) {
      constants.put(output, folded);
      return;
    }
    boolean isOfData = !node.is("Cast") || !isConstant(node.input(0));
    if (isOfData && Constants.passesThrough(node, integers) && !node.input(0).isEmpty()) {
      aliases.put(output, node.input(0));
      return;
    }
    boolean isInteger =
        node.is("Shape")
            || (!node.inputs().isEmpty()
                && node.inputs().stream().anyMatch(integers::contains)
                && node.inputs().stream().allMatch(v -> integers.contains(v) || isConstant(v)));
    if (isInteger) {
      integers.add(output);
    }
    producers.put(output, node);
  }

  private boolean isConstant(String value) {
    return constants.containsKey(value) || initializers.containsKey(value);
  }

  /** Returns the constant that a node computes, or null. */
  private @Nullable ReadTensor folded(GraphNode node) throws ModelFormatException {
    if (!Constants.isFoldable(node) || !node.inputs().stream().allMatch(this::isConstant)) {
      return null;
    }
    List<ReadTensor> inputs = new ArrayList<>();
    for (String value : node.inputs()) {
      ReadTensor constant = constant(value);
      if (constant != null) {
        inputs.add(constant);
      }
    }
    try {
      return Constants.fold(node, inputs);
    } catch (IllegalArgumentException e) {
      throw unsound(node.toString(), String.valueOf(e.getMessage()));
    }
  }

  private String resolve(String value) {
    return aliases.getOrDefault(value, value);
  }

  /**
   * Returns a constant, or null if the value is none.
   *
   * @throws ModelFormatException if its data do not fit its shape, or it has an unsupported type
   */
  @Nullable ReadTensor constant(String value) throws ModelFormatException {
    TensorProto proto = initializers.get(value);
    if (proto != null && !constants.containsKey(value)) {
      try {
        constants.put(value, ReadTensor.of(proto));
      } catch (IllegalArgumentException e) {
        throw unsound("tensor '" + value + "'", String.valueOf(e.getMessage()));
      }
    }
    return constants.get(value);
  }

  private ModelFormatException unsound(String place, String found) {
    return new ModelFormatException(
        file,
        place,
        "FLOAT, DOUBLE, FLOAT16, BFLOAT16 or integer elements in the file, as many as the shape"
            + " has",
        found,
        found.contains("external")
            ? "save the model as one file: onnx.save(model, path, save_as_external_data=False)"
            : "export the model again, or copy the file again");
  }

  String file() {
    return file;
  }

  int opset() {
    return opset;
  }

  String input() {
    return input;
  }

  /** Returns the declared type of the input; null if it is a value within the graph. */
  @Nullable ValueInfoProto inputInfo() {
    return inputInfo;
  }

  String output() {
    return output;
  }

  /** Returns the nodes on data that use a value. */
  List<GraphNode> consumers(String value) {
    return consumers.getOrDefault(value, List.of()).stream()
        .filter(node -> !node.is("Shape"))
        .toList();
  }

  /** Returns the only node on data that uses a value, or null. */
  @Nullable GraphNode onlyConsumer(String value) {
    List<GraphNode> all = consumers(value);
    return all.size() == 1 && !value.equals(output) ? all.get(0) : null;
  }

  @Nullable GraphNode producer(String value) {
    return producers.get(value);
  }

  /** Returns all nodes that compute on data. */
  List<GraphNode> nodes() {
    return producers.values().stream().filter(node -> !integers.contains(node.output())).toList();
  }
}
