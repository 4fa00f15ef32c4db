package org.nn4j.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/**
 * Integers of a shape: a constant, or what exporters compute from the shape of data by Shape,
 * Gather, Slice, Unsqueeze, Squeeze and Concat.
 */
final class ShapeValues {
  /** The size of the batch, which differs from call to call. */
  static final long BATCH = Long.MIN_VALUE;

  private static final int DEEPEST = 16;
  private static final int LONGEST = 16;

  private ShapeValues() {}

  /** Returns the integers of a value; null if they are not known, or depend on another shape. */
  static long @Nullable [] of(String value, Walk walk) throws ModelFormatException {
    return of(value, walk, 0);
  }

  private static long @Nullable [] of(String value, Walk walk, int depth)
      throws ModelFormatException {
    ReadTensor constant = walk.graph().constant(value);
    if (constant != null) {
      return constant.size() <= LONGEST ? constant.longs() : null;
    }
    GraphNode node = walk.graph().producer(value);
    if (node == null || depth > DEEPEST) {
      return null;
    }
    switch (node.operator()) {
      case "Shape" -> {
        boolean isWhole = !node.has("start") && !node.has("end");
        long[] sample = isWhole ? walk.shapeOf(node.input(0)) : null;
        return sample == null
            ? null
            : LongStream.concat(LongStream.of(BATCH), LongStream.of(sample)).toArray();
      }
      case "Unsqueeze", "Squeeze", "Cast" -> {
        return of(node.input(0), walk, depth + 1);
      }
      case "Concat" -> {
        return concat(node, walk, depth);
      }
      case "Gather" -> {
        return picked(of(node.input(0), walk, depth + 1), of(node.input(1), walk, depth + 1));
      }
      case "Slice" -> {
        return slice(node, walk, depth);
      }
      default -> {
        return null;
      }
    }
  }

  private static long @Nullable [] concat(GraphNode node, Walk walk, int depth)
      throws ModelFormatException {
    List<Long> all = new ArrayList<>();
    for (String input : node.inputs()) {
      long[] part = of(input, walk, depth + 1);
      if (part == null || all.size() + part.length > LONGEST) {
        return null;
      }
      LongStream.of(part).forEach(all::add);
    }
    return all.stream().mapToLong(n -> n).toArray();
  }

  private static long @Nullable [] picked(long @Nullable [] from, long @Nullable [] indices) {
    if (from == null || indices == null) {
      return null;
    }
    long[] picked = new long[indices.length];
    for (int i = 0; i < picked.length; i++) {
      int at = Dimensions.axis(indices[i], from.length);
      if (at < 0 || from[at] == Dimensions.UNKNOWN) {
        return null;
      }
      picked[i] = from[at];
    }
    return picked;
  }

  /** A slice of a vector with steps of 1. */
  private static long @Nullable [] slice(GraphNode node, Walk walk, int depth)
      throws ModelFormatException {
    long[] from = of(node.input(0), walk, depth + 1);
    long[] starts =
        node.input(1).isEmpty() ? node.integers("starts") : of(node.input(1), walk, depth + 1);
    long[] ends =
        node.input(2).isEmpty() ? node.integers("ends") : of(node.input(2), walk, depth + 1);
    boolean isPlain = node.input(4).isEmpty();
    if (from == null
        || starts == null
        || ends == null
        || !isPlain
        || starts.length != 1
        || ends.length != 1) {
      return null;
    }
    int start = clamped(starts[0], from.length);
    int end = clamped(ends[0], from.length);
    return start < end ? Arrays.copyOfRange(from, start, end) : null;
  }

  private static int clamped(long index, int length) {
    long counted = index < 0 ? index + length : index;
    return (int) Math.max(0, Math.min(length, counted));
  }
}
