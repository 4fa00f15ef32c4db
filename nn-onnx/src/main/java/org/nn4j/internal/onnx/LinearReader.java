package org.nn4j.internal.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/** Import of Gemm, MatMul, and arithmetic with constants. */
final class LinearReader {
  private LinearReader() {}

  /** {@code alpha · x·W + beta · c}. */
  static String gemm(GraphNode node, Walk walk) throws ModelFormatException {
    if (node.integer("transA", 0) != 0 && !walk.startsInColumns()) {
      walk.refuse(node, "transA transposes the batch; use 0");
      return node.output();
    }
    return product(node, walk);
  }

  /** Reads a Gemm whose transA is 0 or cancels a transposition before it. */
  static String product(GraphNode node, Walk walk) throws ModelFormatException {
    ReadTensor weight = weight(node, walk);
    if (weight == null) {
      return node.output();
    }
    if (walk.sample().shape().length != 1) {
      walk.refuse(
          node,
          "its input " + Arrays.toString(walk.sample().shape()) + " is no row; flatten before it");
      return node.output();
    }
    double[] bias = {0};
    String c = node.input(2);
    if (!c.isEmpty()) {
      ReadTensor tensor = walk.weights(c);
      double[] values = tensor == null ? null : row(tensor, columns(node, weight));
      if (values == null) {
        walk.refuse(node, "its third input is no constant row, the same for each sample");
        return node.output();
      }
      bias = scaled(values, node.number("beta", 1));
    }
    boolean isTurned = node.integer("transB", 0) != 0;
    dense(node, walk, isTurned ? weight.transpose() : weight, node.number("alpha", 1), bias);
    return node.output();
  }

  private static long columns(GraphNode node, ReadTensor weight) {
    return weight.shape()[node.integer("transB", 0) != 0 ? 0 : 1];
  }

  static String matMul(GraphNode node, Walk walk) throws ModelFormatException {
    ReadTensor weight = weight(node, walk);
    if (weight != null) {
      dense(node, walk, weight, 1, new double[] {0});
    }
    return node.output();
  }

  /** Returns the constant factor of the current value, or null. */
  private static @Nullable ReadTensor weight(GraphNode node, Walk walk)
      throws ModelFormatException {
    ReadTensor weight =
        node.input(0).equals(walk.value()) && !node.input(1).equals(walk.value())
            ? walk.weights(node.input(1))
            : null;
    if (weight == null || weight.rank() != 2 || weight.size() == 0 || !weight.isFloatingPoint()) {
      walk.refuse(node, "a network multiplies data with a constant matrix on the right");
      return null;
    }
    return weight;
  }

  private static void dense(
      GraphNode node, Walk walk, ReadTensor weight, double alpha, double[] bias) {
    long inputs = weight.shape()[0];
    int units = Math.toIntExact(weight.shape()[1]);
    if (walk.sample().rows(node, inputs)) {
      double[] biases = new double[units];
      Arrays.setAll(biases, j -> NetworkDraft.at(bias, j));
      walk.draft()
          .add(
              new NetworkDraft.DenseDraft(
                  Math.toIntExact(inputs), units, scaled(weight.doubles(), alpha), biases));
      walk.checkNumbers(node);
    }
    walk.sample().setFeatures(units);
  }

  private static double[] scaled(double[] numbers, double factor) {
    return factor == 1 ? numbers : Arrays.stream(numbers).map(x -> x * factor).toArray();
  }

  /** Returns a constant of one element, or of one for each column; null if it is neither. */
  private static double @Nullable [] row(ReadTensor tensor, long columns) {
    boolean isRow = tensor.rank() == 0 || tensor.shape()[tensor.rank() - 1] == tensor.size();
    boolean fits = tensor.size() == 1 || tensor.size() == columns;
    return isRow && fits && tensor.isFloatingPoint() ? tensor.doubles() : null;
  }

  /** Arithmetic with a constant, element by element. */
  static String affine(GraphNode node, Walk walk) throws ModelFormatException {
    if (node.is("Neg")) {
      walk.affine(node, new double[] {-1}, new double[] {0});
      return node.output();
    }
    boolean isFirst = node.input(0).equals(walk.value());
    ReadTensor constant = walk.weights(node.input(isFirst ? 1 : 0));
    double[] c = constant == null ? null : vector(node, walk, constant);
    if (c == null) {
      walk.refuse(
          node, "a network adds and multiplies constants that are the same for each sample");
      return node.output();
    }
    double[] one = {1};
    double[] zero = {0};
    switch (node.operator()) {
      case "Add" -> walk.affine(node, one, c);
      case "Mul" -> walk.affine(node, c, zero);
      case "Sub" ->
          walk.affine(node, isFirst ? one : new double[] {-1}, isFirst ? scaled(c, -1) : c);
      default -> {
        if (!isFirst || Arrays.stream(c).anyMatch(number -> number == 0)) {
          walk.refuse(node, "a network divides by constants other than 0");
        }
        walk.affine(node, Arrays.stream(c).map(number -> 1 / number).toArray(), zero);
      }
    }
    return node.output();
  }

  /** Returns a constant as one element, or one for each feature; null if it is neither. */
  private static double @Nullable [] vector(GraphNode node, Walk walk, ReadTensor constant) {
    long[] shape = walk.sample().shape();
    if (constant.rank() > shape.length + 1 || constant.size() == 0 || !constant.isFloatingPoint()) {
      return null;
    }
    if (constant.size() == 1) {
      return constant.doubles();
    }
    long[] own = withoutLeadingOnes(constant.shape());
    boolean isRow = own.length == 1 && !node.has("axis");
    if (isRow && shape.length > 0) {
      return walk.sample().rows(node, own[0]) ? constant.doubles() : null;
    }
    return Arrays.equals(own, withoutLeadingOnes(shape))
            && walk.sample().wholeSample(node, constant.size())
        ? constant.doubles()
        : null;
  }

  private static long[] withoutLeadingOnes(long[] shape) {
    int from = 0;
    while (from < shape.length - 1 && shape[from] == 1) {
      from++;
    }
    return Arrays.copyOfRange(shape, from, shape.length);
  }
}
