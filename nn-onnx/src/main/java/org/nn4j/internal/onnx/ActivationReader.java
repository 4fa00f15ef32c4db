package org.nn4j.internal.onnx;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Activation;
import org.nn4j.activation.Activations;
import org.nn4j.io.ModelFormatException;

/** Import of activations that are a single operator. */
final class ActivationReader {
  static final Set<String> OPERATORS =
      Set.of(
          "Sigmoid",
          "Tanh",
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Celu",
          "Gelu",
          "Swish",
          "Softplus",
          "Clip",
          "Max");

  private ActivationReader() {}

  static String read(GraphNode node, Walk walk) throws ModelFormatException {
    Activation activation =
        switch (node.operator()) {
          case "Sigmoid" -> Activations.sigmoid();
          case "Tanh" -> Activations.tanh();
          case "Relu" -> Activations.relu();
          case "Softplus" -> Activations.softplus();
          case "LeakyRelu" -> leaky(node.number("alpha", 0.01));
          case "PRelu" -> leaky(scalar(walk, node.input(1), -1));
          case "Elu" -> elu(node.number("alpha", 1));
          case "Celu" -> node.number("alpha", 1) == 1 ? Activations.elu() : null;
          case "Swish" -> node.number("alpha", 1) == 1 ? Activations.silu() : null;
          case "Gelu" ->
              node.text("approximate", "none").equals("none") ? Activations.gelu() : null;
          case "Clip" -> clip(node, walk);
          default -> max(node, walk);
        };
    if (activation == null) {
      walk.refuse(node, instead(node));
    } else {
      walk.draft().activate(activation, false);
    }
    return node.output();
  }

  private static String instead(GraphNode node) {
    return switch (node.operator()) {
      case "Gelu" -> "approximated by tanh; use the exact one";
      case "Celu", "Swish" -> "use alpha 1";
      case "Clip", "Max" -> "only max(x, 0); use relu";
      default -> "use one slope or alpha of 0 or more";
    };
  }

  private static @Nullable Activation leaky(double slope) {
    return slope >= 0 && Double.isFinite(slope) ? Activations.leakyRelu(slope) : null;
  }

  private static @Nullable Activation elu(double alpha) {
    return alpha >= 0 && Double.isFinite(alpha) ? Activations.elu(alpha) : null;
  }

  /** Returns a constant of one element, a FLOAT in decimal; or else another number. */
  private static double scalar(Walk walk, String value, double otherwise)
      throws ModelFormatException {
    ReadTensor constant = walk.graph().constant(value);
    if (constant == null
        || constant.size() != 1
        || constant.rank() > walk.sample().shape().length + 1) {
      return otherwise;
    }
    double number = constant.doubles()[0];
    return constant.isDouble() ? number : Double.parseDouble(Float.toString((float) number));
  }

  /** Clip with the minimum 0; before opset 11 the limits are attributes. */
  private static @Nullable Activation clip(GraphNode node, Walk walk) throws ModelFormatException {
    double infinity = Double.POSITIVE_INFINITY;
    double low =
        node.input(1).isEmpty() ? node.number("min", -infinity) : scalar(walk, node.input(1), 1);
    double high =
        node.input(2).isEmpty() ? node.number("max", infinity) : scalar(walk, node.input(2), 1);
    ReadTensor limit = walk.graph().constant(node.input(2));
    boolean isDouble = limit != null && limit.isDouble();
    return low == 0 && high >= (isDouble ? Double.MAX_VALUE : Float.MAX_VALUE)
        ? Activations.relu()
        : null;
  }

  private static @Nullable Activation max(GraphNode node, Walk walk) throws ModelFormatException {
    String other = node.input(node.input(0).equals(walk.value()) ? 1 : 0);
    return node.inputs().size() == 2 && scalar(walk, other, 1) == 0 ? Activations.relu() : null;
  }

  static String softmax(GraphNode node, Walk walk) {
    addSoftmax(node, walk);
    return node.output();
  }

  /** Log-softmax, if its exponential follows. */
  static String logSoftmax(GraphNode node, Walk walk) {
    GraphNode exp = walk.graph().onlyConsumer(node.output());
    if (exp == null || !exp.is("Exp")) {
      walk.refuse(node, "use softmax, or import up to its input '" + walk.value() + "'");
      return node.output();
    }
    addSoftmax(node, walk);
    return exp.output();
  }

  /** Adds a softmax of the last axis; before opset 13, it covers all axes from the given one on. */
  private static void addSoftmax(GraphNode node, Walk walk) {
    boolean isOfOneAxis = walk.graph().opset() >= 13;
    int rank = walk.sample().shape().length + 1;
    int axis = Dimensions.axis(node.integer("axis", isOfOneAxis ? -1 : 1), rank);
    if (axis == rank - 1 && axis > 0) {
      softmaxOfRows(node, walk);
    } else if (axis == 1 && !isOfOneAxis && walk.sample().wholeSample(node, Dimensions.UNKNOWN)) {
      walk.draft().activate(Activations.softmax(), true);
    } else {
      walk.refuse(node, "use the last axis");
    }
  }

  /**
   * Adds a softmax of each row. It keeps the shape of a sample if no layer before it needs rows;
   * else the rows become samples.
   */
  static void softmaxOfRows(GraphNode node, Walk walk) {
    boolean isShaped =
        walk.sample().rowsOfSample() != 1
            && !walk.draft().isOfRows()
            && !walk.sample().isByRow()
            && !walk.sample().isRegrouped();
    if (isShaped || walk.sample().rows(node, Dimensions.UNKNOWN)) {
      walk.draft().activate(Activations.softmax(), !isShaped);
    }
  }
}
