package org.nn4j.internal.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/**
 * Pattern matching on the nodes that use a value.
 *
 * @param graph the graph
 * @param value the value that the pattern starts from
 * @param rank its number of dimensions, with the batch
 */
record Matcher(ReadGraph graph, String value, int rank) {
  static Matcher of(Walk walk) {
    return new Matcher(walk.graph(), walk.value(), walk.sample().shape().length + 1);
  }

  /** Returns the only node with an operator, or null. */
  static @Nullable GraphNode one(List<GraphNode> nodes, String operator) {
    List<GraphNode> found = nodes.stream().filter(node -> node.is(operator)).toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  /** Returns whether a node of two inputs combines the result of a node with a value. */
  static boolean uses(GraphNode node, GraphNode one, String other) {
    return node.inputs().equals(List.of(one.output(), other))
        || node.inputs().equals(List.of(other, one.output()));
  }

  /** Returns the only node that uses the result of another, or null. */
  @Nullable GraphNode next(GraphNode node) {
    return graph.onlyConsumer(node.output());
  }

  /** Returns a constant of one element that adds no dimension, or NaN. */
  private double scalar(String name) throws ModelFormatException {
    ReadTensor tensor = graph.constant(name);
    return tensor != null && tensor.size() == 1 && tensor.rank() <= rank
        ? tensor.doubles()[0]
        : Double.NaN;
  }

  /** Returns the constant that a node multiplies a value by, or NaN. */
  double factor(GraphNode node, String multiplied) throws ModelFormatException {
    boolean isFirst = node.input(0).equals(multiplied);
    double other = scalar(node.input(isFirst ? 1 : 0));
    return node.is("Mul") ? other : node.is("Div") && isFirst ? 1 / other : Double.NaN;
  }

  /** Returns the constant that a node adds to the result of another, or NaN. */
  double summand(GraphNode sum, GraphNode summed) throws ModelFormatException {
    boolean isFirst = sum.input(0).equals(summed.output());
    return sum.is("Add") ? scalar(sum.input(isFirst ? 1 : 0)) : Double.NaN;
  }

  boolean isSum(GraphNode sum, GraphNode summed, double number) throws ModelFormatException {
    return summand(sum, summed) == number;
  }

  /**
   * Follows the products from a node until they contain the value of the pattern once, and 1/2.
   *
   * @return the value of the product, or empty
   */
  String productWithHalf(GraphNode start) throws ModelFormatException {
    GraphNode product = start;
    double factor = 1;
    int times = 0;
    while (times == 0 || Math.abs(factor - 0.5) > 1e-6) {
      GraphNode next = next(product);
      if (next == null || !(next.is("Mul") || next.is("Div")) || times > 1) {
        return "";
      }
      String other = next.input(next.input(0).equals(product.output()) ? 1 : 0);
      double constant = factor(next, product.output());
      GraphNode scaled = graph.producer(other);
      if (!Double.isNaN(constant)) {
        factor *= constant;
      } else if (other.equals(value) && next.is("Mul")) {
        times++;
      } else if (scaled != null && next.is("Mul") && next(scaled) == next) {
        factor *= factor(scaled, value); // NaN unless it is the value times a constant
        times++;
      } else {
        return "";
      }
      if (Double.isNaN(factor) || factor == 0) {
        return "";
      }
      product = next;
    }
    return times == 1 ? product.output() : "";
  }

  /** Returns the node that squares a value, or null. */
  @Nullable GraphNode square(List<GraphNode> users, String squared) throws ModelFormatException {
    GraphNode power = one(users, "Pow");
    if (power != null) {
      return power.input(0).equals(squared) && scalar(power.input(1)) == 2 ? power : null;
    }
    GraphNode product = one(users, "Mul");
    return product != null && product.inputs().equals(List.of(squared, squared)) ? product : null;
  }

  /** Returns whether a reduction is of the last axis alone, and keeps it with size 1. */
  boolean isOfLastAxis(GraphNode reduction) throws ModelFormatException {
    return firstAxis(reduction) == rank - 1;
  }

  /**
   * Returns the first axis of a reduction that covers all later axes and keeps them with size 1; or
   * -1.
   */
  int firstAxis(GraphNode reduction) throws ModelFormatException {
    ReadTensor tensor = graph.constant(reduction.input(1));
    long[] axes = tensor == null ? reduction.integers("axes") : tensor.longs();
    if (axes == null || reduction.integer("keepdims", 1) != 1) {
      return -1;
    }
    int[] sorted =
        Arrays.stream(axes).mapToInt(axis -> Dimensions.axis(axis, rank)).sorted().toArray();
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != rank - sorted.length + i) {
        return -1;
      }
    }
    return sorted.length == 0 ? -1 : sorted[0];
  }

  /** Returns the value of a node divided by its sum along the last axis, or empty. */
  String dividedBySum(GraphNode node) throws ModelFormatException {
    List<GraphNode> users = graph.consumers(node.output());
    GraphNode sum = one(users, "ReduceSum");
    GraphNode quotient = one(users, "Div");
    boolean isSoftmax =
        users.size() == 2
            && sum != null
            && quotient != null
            && isOfLastAxis(sum)
            && next(sum) == quotient
            && quotient.inputs().equals(Arrays.asList(node.output(), sum.output()));
    return isSoftmax && quotient != null ? quotient.output() : "";
  }
}
