package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/** Import of batch and layer normalization. */
final class NormalizationReader {
  private NormalizationReader() {}

  /** {@code scale (x − mean) / √(variance + ε) + shift} of each feature. */
  static String batch(GraphNode node, Walk walk) throws ModelFormatException {
    boolean isTraining =
        node.integer("training_mode", 0) != 0
            || node.outputs().stream().filter(value -> !value.isEmpty()).count() > 1;
    if (isTraining) {
      walk.refuse(node, "export the model in evaluation mode");
      return node.output();
    }
    long[] shape = walk.sample().shape();
    List<double[]> vectors = new ArrayList<>();
    for (int i = 1; i < 5; i++) {
      double[] vector = vector(walk, node.input(i));
      if (vector != null) {
        vectors.add(vector);
      }
    }
    int n = vectors.isEmpty() ? 0 : vectors.get(0).length;
    boolean isOfRows =
        shape.length > 0
            && Dimensions.size(Arrays.copyOfRange(shape, 1, shape.length)) == 1
            && !walk.sample().isByRow();
    if (vectors.size() < 4 || n == 0 || vectors.stream().anyMatch(vector -> vector.length != n)) {
      walk.refuse(
          node, "its scale, shift, mean and variance are no constant vectors of one length");
    } else if (!isOfRows) {
      walk.refuse(node, "normalizes channels of " + Arrays.toString(shape) + "; flatten before it");
    } else if (shape.length > 1
        ? walk.sample().wholeSample(node, n)
        : walk.sample().rows(node, n)) {
      double momentum = 1 - node.number("momentum", 0.9);
      add(node, walk, vectors.get(0), vectors.get(1), vectors.subList(2, 4), momentum);
    }
    return node.output();
  }

  /** {@code scale (x − mean x) / √(variance of x + ε) + shift} of each sample. */
  static String layer(GraphNode node, Walk walk) throws ModelFormatException {
    int rank = walk.sample().shape().length + 1;
    int axis = Dimensions.axis(node.integer("axis", -1), rank);
    double[] scale = vector(walk, node.input(1));
    double[] shift = node.input(2).isEmpty() ? new double[] {0} : vector(walk, node.input(2));
    if (scale == null || shift == null || (shift.length != 1 && shift.length != scale.length)) {
      walk.refuse(node, "its scale and shift are no constants of one size");
    } else if (axis == rank - 1 && axis > 0) {
      if (walk.sample().rows(node, scale.length)) {
        add(node, walk, scale, shift, List.of(), 0);
      }
    } else if (axis != 1) {
      walk.refuse(node, "normalizes across samples; use the last axis");
    } else if (walk.sample().wholeSample(node, scale.length)) {
      add(node, walk, scale, shift, List.of(), 0);
    }
    return node.output();
  }

  private static void add(
      GraphNode node,
      Walk walk,
      double[] scale,
      double[] shift,
      List<double[]> statistics,
      double momentum) {
    double epsilon = node.number("epsilon", 1e-5);
    if (epsilon > 0 && Double.isFinite(epsilon)) {
      walk.draft().add(new NetworkDraft.NormDraft(epsilon, momentum, scale, shift, statistics));
      walk.checkNumbers(node);
    } else {
      walk.refuse(node, "epsilon is not above 0");
    }
  }

  private static double @Nullable [] vector(Walk walk, String value) throws ModelFormatException {
    ReadTensor tensor = walk.weights(value);
    return tensor != null && tensor.isFloatingPoint() && tensor.size() > 0
        ? tensor.doubles()
        : null;
  }
}
