package org.nn4j.internal.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/** Walk along a graph from its input to its output, which turns each operator into a layer. */
final class Walk {
  private static final double[] NONE = {};

  private final ReadGraph graph;
  private final Map<String, long[]> shapes = new HashMap<>();
  private final NetworkDraft draft = new NetworkDraft();
  private final UnsupportedNodes problems = new UnsupportedNodes();
  private final SampleShape sample;
  private final long mostElements;
  private String value;
  private boolean isDouble;
  private long elements;

  /**
   * Creates a walk that starts at the input.
   *
   * @param bytes the size of the file: a file that uses its tensors many times is refused
   */
  Walk(ReadGraph graph, long bytes) {
    this.graph = graph;
    this.mostElements = 1_000_000 + 8 * bytes;
    this.value = graph.input();
    ValueInfoProto info = graph.inputInfo();
    this.isDouble =
        info != null
            && info.getType().getTensorType().getElemType()
                == TensorProto.DataType.DOUBLE.getNumber();
    this.sample = new SampleShape(info, problems);
  }

  /**
   * Walks to the output.
   *
   * @throws ModelFormatException if a node is unsupported, with a list of all of them
   */
  void run() throws ModelFormatException {
    graph.nodes().stream()
        .filter(node -> !Operators.isKnown(node))
        .forEach(node -> problems.add(node, Operators.instead(node)));
    while (!value.equals(graph.output())) {
      shapes.put(value, sample.shape());
      List<GraphNode> users = graph.consumers(value);
      String next =
          users.size() == 1 ? Operators.read(users.get(0), this) : Patterns.read(users, this);
      if (next.isEmpty()) {
        problems.add(
            "value '" + value + "'",
            "used by "
                + users.stream().map(GraphNode::toString).collect(Collectors.joining(", "))
                + ": a network is a chain");
        break;
      }
      value = next;
    }
    if (!problems.isEmpty()) {
      throw problems.asException(graph.file());
    }
  }

  ReadGraph graph() {
    return graph;
  }

  NetworkDraft draft() {
    return draft;
  }

  /** Returns the shape of a sample of the current value. */
  SampleShape sample() {
    return sample;
  }

  /** Returns the current value. */
  String value() {
    return value;
  }

  /** Continues from another value without a layer. */
  void goTo(String newValue) {
    value = newValue;
  }

  /** Returns the shape of a sample of a value that the walk passed, or null. */
  long @Nullable [] shapeOf(String passed) {
    return shapes.get(passed);
  }

  /**
   * Starts with samples in columns, {@code [features, batch]}, which the first node transposes.
   *
   * @return false if the walk is not at the input, or that is no matrix
   */
  boolean startsInColumns() {
    boolean isStart =
        value.equals(graph.input()) && draft.parts().isEmpty() && sample.shape().length == 1;
    if (isStart) {
      sample.turn();
    }
    return isStart;
  }

  boolean isDouble() {
    return isDouble;
  }

  /** Reports an unsupported node. */
  void refuse(GraphNode node, String why) {
    problems.add(node, why);
  }

  /** Adds {@code factor x + summand}, unless a problem before it leaves the sizes uncertain. */
  void affine(GraphNode node, double[] factor, double[] summand) {
    if (problems.isEmpty()) {
      draft.affine(factor, summand);
      checkNumbers(node);
    }
  }

  /**
   * Reports a node if the layer that it added or changed has a number that is not finite in the
   * data type of the network, or a factor that becomes 0.
   */
  void checkNumbers(GraphNode node) {
    NetworkDraft.Part part = draft.last();
    double[] factors = part instanceof NetworkDraft.ScaleDraft scaling ? scaling.scale : NONE;
    part.values().stream()
        .flatMapToDouble(Arrays::stream)
        .filter(number -> !Double.isFinite(typed(number)))
        .findFirst()
        .ifPresent(number -> refuse(node, beyond(number)));
    Arrays.stream(factors)
        .filter(number -> number != 0 && typed(number) == 0)
        .findFirst()
        .ifPresent(number -> refuse(node, beyond(number)));
  }

  private double typed(double number) {
    return isDouble ? number : (float) number;
  }

  private String beyond(double number) {
    String type = isDouble ? "DOUBLE" : "FLOAT";
    return "its constants lead to " + number + ", which is " + typed(number) + " as " + type;
  }

  /** Returns a constant of a layer, or null if the value is computed from data. */
  @Nullable ReadTensor weights(String name) throws ModelFormatException {
    ReadTensor tensor = graph.constant(name);
    if (tensor != null) {
      isDouble = elements == 0 ? tensor.isDouble() : isDouble || tensor.isDouble();
      elements += tensor.size();
      requireElements(elements);
    }
    return tensor;
  }

  /** Returns the number of parameters that a network may have, by the size of the file. */
  long mostElements() {
    return mostElements;
  }

  void requireElements(long found) throws ModelFormatException {
    if (found > mostElements) {
      throw new ModelFormatException(
          graph.file(),
          "graph",
          "at most " + mostElements + " parameters, by the size of the file",
          found + " or more",
          "export the model without tensors that many nodes share");
    }
  }
}
