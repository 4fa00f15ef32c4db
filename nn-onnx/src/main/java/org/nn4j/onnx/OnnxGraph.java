package org.nn4j.onnx;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * Graph of an export: nodes in the order of computation, and constants.
 *
 * <p>Values are named. Constants and nodes of a layer have its path as a prefix, such as {@code
 * layers.0.weight}. Not thread-safe.
 */
public final class OnnxGraph {
  private final int opset;
  private final DataType type;
  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private final Set<String> names = new HashSet<>();
  private final Set<String> domains = new TreeSet<>();
  private final Map<String, String> renamed = new HashMap<>();
  private String place = "";

  OnnxGraph(int opset, DataType type) {
    this.opset = opset;
    this.type = type;
  }

  /**
   * Returns the version of ONNX's operators.
   *
   * @return such as 17
   */
  public int opset() {
    return opset;
  }

  /**
   * Returns the data type of values and constants.
   *
   * @return FLOAT or DOUBLE
   */
  public DataType dataType() {
    return type;
  }

  /**
   * Adds a node without attributes.
   *
   * @param operator its operator, such as {@code "Mul"}; {@code "com.example.Op"} for the operator
   *     Op of the domain com.example
   * @param inputs the names of its inputs
   * @return the name of its output
   */
  public String node(String operator, String... inputs) {
    return node(operator, Map.of(), inputs);
  }

  /**
   * Adds a node.
   *
   * @param operator its operator, such as {@code "Mul"}; {@code "com.example.Op"} for the operator
   *     Op of the domain com.example
   * @param attributes by name: integers, floating-point numbers, strings, or lists of one of these
   * @param inputs the names of its inputs
   * @return the name of its output
   * @throws IllegalArgumentException if an attribute has another type, or is beyond FLOAT
   */
  public String node(String operator, Map<String, ?> attributes, String... inputs) {
    Require.notNull(operator, "OnnxGraph.node", "operator");
    Require.notNull(attributes, "OnnxGraph.node", "attributes");
    for (String input : Require.notNull(inputs, "OnnxGraph.node", "inputs")) {
      Require.notNull(input, "OnnxGraph.node", "input");
    }
    int dot = operator.lastIndexOf('.');
    String simple = operator.substring(dot + 1);
    String name = unique(place + simple);
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(name)
            .setOpType(simple)
            .addAllInput(Arrays.asList(inputs))
            .addOutput(name);
    if (dot > 0) {
      node.setDomain(operator.substring(0, dot));
      domains.add(node.getDomain());
    }
    attributes.keySet().stream()
        .sorted()
        .forEach(key -> node.addAttribute(WrittenAttribute.of(key, attributes.get(key))));
    proto.addNode(node);
    return name;
  }

  /**
   * Adds a constant.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param values its elements, converted to the data type of the graph
   * @return the name of the value
   * @throws IllegalArgumentException if a finite element is not finite in that type
   */
  public String constant(String name, INDArray values) {
    Require.notNull(name, "OnnxGraph.constant", "name");
    Require.notNull(values, "OnnxGraph.constant", "values");
    return add(WrittenTensor.of(unique(place + name), values, type));
  }

  /**
   * Adds a scalar constant of the data type of the graph.
   *
   * @param value its value
   * @return the name of the value
   * @throws IllegalArgumentException if it is finite, but not in that type
   */
  public String constant(double value) {
    return constant("constant", type, List.of(value));
  }

  /** Adds a constant of numbers: a scalar, or a tensor of the shape. */
  String constant(String name, DataType numbers, List<Double> values, long... shape) {
    return add(WrittenTensor.of(unique(place + name), values, numbers, shape));
  }

  /** Adds a constant that divides: in the data type of the graph too, no element is 0. */
  String divisor(String name, List<Double> values, long... shape) {
    for (double value : values) {
      if (type == DataType.FLOAT && (float) value == 0) {
        throw WrittenTensor.beyondFloat(place + name, "not 0", value);
      }
    }
    return constant(name, type, values, shape);
  }

  /** Adds a vector of strings. */
  String strings(String name, Collection<String> texts) {
    return add(WrittenTensor.ofStrings(texts).setName(unique(place + name)));
  }

  /** Adds a vector of integers, such as axes or a shape. */
  String integers(String name, Long... values) {
    return add(WrittenTensor.ofIntegers(values).setName(unique(place + name)));
  }

  private String add(TensorProto.Builder tensor) {
    proto.addInitializer(tensor);
    return tensor.getName();
  }

  /** Casts to the data type of the graph. */
  String castFrom(DataType from, String value) {
    return from == type ? value : cast(value, type);
  }

  /** Casts to a data type. */
  String cast(String value, DataType to) {
    return node("Cast", Map.of("to", WrittenTensor.typeOf(to).getNumber()), value);
  }

  /** Sets the prefix of names from here on. */
  void enter(String newPlace) {
    this.place = newPlace;
  }

  String place() {
    return place;
  }

  /** Adds an input with the batch before the shape. */
  String input(String wanted, TensorProto.DataType elements, long... shape) {
    Require.that(
        !wanted.isBlank(),
        "Onnx.export",
        "features whose names are not blank",
        "'" + wanted + "'",
        "rename the feature");
    String name = unique(wanted);
    proto.addInput(WrittenTensor.info(name, elements, shape));
    return name;
  }

  /** Declares a value as an output of the graph, under another name. */
  String output(String value, String wanted, TensorProto.DataType elements, long... shape) {
    String name = unique(wanted);
    if (proto.getNodeList().stream().anyMatch(node -> node.getOutput(0).equals(value))) {
      proto.getNodeBuilderList().forEach(node -> rename(node, value, name));
      renamed.put(value, name);
    } else { // an input of the graph
      proto.addNode(
          NodeProto.newBuilder()
              .setName(unique("Identity"))
              .setOpType("Identity")
              .addInput(value)
              .addOutput(name));
    }
    proto.addOutput(WrittenTensor.info(name, elements, shape));
    return name;
  }

  private static void rename(NodeProto.Builder node, String value, String name) {
    for (int i = 0; i < node.getInputCount(); i++) {
      node.setInput(i, node.getInput(i).equals(value) ? name : node.getInput(i));
    }
    node.setOutput(0, node.getOutput(0).equals(value) ? name : node.getOutput(0));
  }

  /** Declares the type of a value, for readers that do not infer it. */
  String declare(String value, TensorProto.DataType elements, long... shape) {
    proto.addValueInfo(WrittenTensor.info(value, elements, shape));
    return value;
  }

  /** Returns the name of a value in the file. */
  String nameOf(String value) {
    return renamed.getOrDefault(value, value);
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** Returns the graph as a model, with metadata. */
  ModelProto toModel(Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(opset < 15 ? 7 : 8)
            .setProducerName("nn4j")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(proto.setName("network"));
    domains.forEach(
        domain ->
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1)));
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }
}
