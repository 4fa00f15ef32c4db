package org.nn4j.internal.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/** Constant folding: constants, and nodes that only change their shape. */
final class Constants {
  private static final Set<String> FOLDED =
      Set.of("Constant", "Cast", "Transpose", "Unsqueeze", "Squeeze", "Reshape", "Flatten");

  private Constants() {}

  /** Returns whether a node returns its first input, in inference and as real numbers. */
  static boolean passesThrough(GraphNode node, Set<String> integers) {
    return switch (node.operator()) {
      case "Identity", "Dropout" -> true;
      case "Cast" -> Casting.isFloatingPoint(type(node)) || integers.contains(node.input(0));
      default -> false;
    };
  }

  /** Returns whether {@link #fold} computes nodes of this kind. */
  static boolean isFoldable(GraphNode node) {
    return FOLDED.contains(node.operator());
  }

  /** Returns the type that a Cast converts to, or null if it is none. */
  private static TensorProto.@Nullable DataType type(GraphNode cast) {
    long number = cast.integer("to", 0);
    return number == (int) number ? TensorProto.DataType.forNumber((int) number) : null;
  }

  /**
   * Computes a node of constants.
   *
   * @return null if the operator is not one that is computed here
   * @throws IllegalArgumentException if a constant is damaged
   */
  static @Nullable ReadTensor fold(GraphNode node, List<ReadTensor> inputs) {
    if (node.is("Constant")) {
      return constant(node);
    }
    if (inputs.isEmpty()) {
      return null;
    }
    ReadTensor x = inputs.get(0);
    return switch (node.operator()) {
      case "Cast" -> x.cast(type(node));
      case "Transpose" -> transposed(node, x);
      case "Unsqueeze", "Squeeze", "Reshape", "Flatten" -> reshaped(node, x, inputs);
      default -> null;
    };
  }

  private static @Nullable ReadTensor constant(GraphNode node) {
    AttributeProto value = node.attribute("value");
    if (value != null) {
      return ReadTensor.of(value.getT());
    }
    TensorProto.Builder tensor = TensorProto.newBuilder();
    for (String name : List.of("value_float", "value_floats", "value_int", "value_ints")) {
      AttributeProto numbers = node.attribute(name);
      if (numbers != null) {
        boolean isFloat = name.startsWith("value_float");
        tensor.setDataType(
            (isFloat ? TensorProto.DataType.FLOAT : TensorProto.DataType.INT64).getNumber());
        switch (name) {
          case "value_float" -> tensor.addFloatData(numbers.getF());
          case "value_int" -> tensor.addInt64Data(numbers.getI());
          case "value_floats" ->
              tensor.addAllFloatData(numbers.getFloatsList()).addDims(numbers.getFloatsCount());
          default -> tensor.addAllInt64Data(numbers.getIntsList()).addDims(numbers.getIntsCount());
        }
        return ReadTensor.of(tensor.build());
      }
    }
    return null;
  }

  private static @Nullable ReadTensor transposed(GraphNode node, ReadTensor x) {
    long[] order = node.integers("perm");
    if (order != null && order.length != x.rank()) {
      return null;
    }
    if (x.rank() < 2 || (order != null && isSorted(order))) {
      return x;
    }
    boolean isSwap = x.rank() == 2 && (order == null || Arrays.equals(order, new long[] {1, 0}));
    return isSwap ? x.transpose() : null;
  }

  private static boolean isSorted(long... order) {
    for (int i = 0; i < order.length; i++) {
      if (order[i] != i) {
        return false;
      }
    }
    return true;
  }

  /** Returns the new shape; null if a size is 0 rather than the previous one. */
  private static long @Nullable [] reshape(GraphNode node, long[] shape, long[] wanted) {
    boolean isZero = Arrays.stream(wanted).anyMatch(size -> size == 0);
    return isZero && node.integer("allowzero", 0) != 0 ? null : Dimensions.reshape(shape, wanted);
  }

  private static @Nullable ReadTensor reshaped(
      GraphNode node, ReadTensor x, List<ReadTensor> inputs) {
    long[] shape =
        switch (node.operator()) {
          case "Reshape" ->
              inputs.size() < 2 ? null : reshape(node, x.shape(), inputs.get(1).longs());
          case "Flatten" -> Dimensions.flatten(x.shape(), node.integer("axis", 1));
          default -> {
            long[] axes = inputs.size() > 1 ? inputs.get(1).longs() : node.integers("axes");
            yield node.is("Squeeze")
                ? Dimensions.squeeze(x.shape(), axes)
                : Dimensions.unsqueeze(x.shape(), axes);
          }
        };
    return shape != null && x.isRowMajor() && Dimensions.size(shape) == x.size()
        ? x.reshape(shape)
        : null;
  }
}
