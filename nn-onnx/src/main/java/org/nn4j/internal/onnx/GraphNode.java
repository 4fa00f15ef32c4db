package org.nn4j.internal.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.NodeProto;
import org.jspecify.annotations.Nullable;

/** Node of an imported graph: its operator, inputs, outputs and attributes. */
final class GraphNode {
  private final NodeProto proto;
  private final List<String> inputs;
  private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();

  /**
   * Reads a node.
   *
   * @param inputs its inputs after aliases are resolved; an omitted optional one is empty
   */
  GraphNode(NodeProto proto, List<String> inputs) {
    this.proto = proto;
    this.inputs = inputs;
    proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
  }

  /** Returns the operator, with its domain unless that is ONNX's own. */
  String operator() {
    String domain = proto.getDomain();
    return domain.isEmpty() || domain.equals("ai.onnx")
        ? proto.getOpType()
        : domain + "." + proto.getOpType();
  }

  boolean is(String operator) {
    return operator().equals(operator);
  }

  List<String> inputs() {
    return inputs;
  }

  /** Returns an input, or empty if the node has fewer. */
  String input(int index) {
    return index < inputs.size() ? inputs.get(index) : "";
  }

  List<String> outputs() {
    return proto.getOutputList();
  }

  String output() {
    return proto.getOutputCount() == 0 ? "" : proto.getOutput(0);
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  @Nullable AttributeProto attribute(String name) {
    return attributes.get(name);
  }

  /**
   * Returns an attribute of a type, or null if there is none.
   *
   * @throws IllegalArgumentException if it has another type
   */
  private @Nullable AttributeProto attribute(String name, AttributeType type) {
    AttributeProto attribute = attributes.get(name);
    if (attribute != null
        && attribute.getType() != AttributeType.UNDEFINED // before IR 3
        && attribute.getType() != type) {
      throw new IllegalArgumentException(
          "attribute '"
              + name
              + "' of "
              + this
              + " of type "
              + attribute.getType()
              + ", not "
              + type);
    }
    return attribute;
  }

  long integer(String name, long otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.INT);
    return attribute == null ? otherwise : attribute.getI();
  }

  /**
   * Returns the decimal number of an attribute: 0.1 rather than the nearest float in double
   * precision.
   */
  double number(String name, double otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.FLOAT);
    return attribute == null ? otherwise : Double.parseDouble(Float.toString(attribute.getF()));
  }

  String text(String name, String otherwise) {
    AttributeProto attribute = attribute(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  /** Returns a list of integers, or null if there is none. */
  long @Nullable [] integers(String name) {
    AttributeProto attribute = attribute(name, AttributeType.INTS);
    return attribute == null ? null : attribute.getIntsList().stream().mapToLong(i -> i).toArray();
  }

  /** Returns the operator and the name, for messages. */
  @Override
  public String toString() {
    String name = proto.getName().isEmpty() ? output() : proto.getName();
    return operator() + " '" + name + "'";
  }
}
