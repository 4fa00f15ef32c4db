package org.nn4j.internal.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/**
 * Integers of a shape: a constant, or computed from the shape of data by Shape, Gather, Slice,
 * Unsqueeze, Squeeze, Concat and Mul.
 */
final class ShapeValues {
  /** The size of the batch, which differs from call to call. */
  static final long BATCH = Long.MIN_VALUE;

  private static final int LONGEST = 16;
  private static final int MAX_NODES = 100;

  private final Walk walk;
  private int nodes;

  private ShapeValues(Walk walk) {
    this.walk = walk;
  }

  /** Returns the integers of a value; null if they are not known, or depend on another shape. */
  static long @Nullable [] of(String value, Walk walk) throws ModelFormatException {
    return new ShapeValues(walk).of(value);
  }

  private long @Nullable [] of(String value) throws ModelFormatException {
    ReadTensor constant = walk.graph().constant(value);
    if (constant != null) {
      return constant.size() <= LONGEST ? constant.longs() : null;
    }
    GraphNode node = walk.graph().producer(value);
    if (node == null || ++nodes > MAX_NODES) {
      return null;
    }
    return switch (node.operator()) {
      case "Shape" -> shape(node);
      case "Unsqueeze", "Squeeze", "Cast" -> of(node.input(0));
      case "Concat" -> concat(node);
      case "Mul" -> product(of(node.input(0)), of(node.input(1)));
      case "Gather" -> picked(of(node.input(0)), of(node.input(1)));
      case "Slice" -> slice(node);
      default -> null;
    };
  }

  private long @Nullable [] shape(GraphNode node) {
    boolean isWhole = !node.has("start") && !node.has("end");
    long[] sample = isWhole ? walk.shapeOf(node.input(0)) : null;
    return sample == null
        ? null
        : LongStream.concat(LongStream.of(BATCH), LongStream.of(sample)).toArray();
  }

  private long @Nullable [] concat(GraphNode node) throws ModelFormatException {
    List<Long> all = new ArrayList<>();
    for (String input : node.inputs()) {
      long[] part = of(input);
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

  /** The product of two sizes that are known. */
  private static long @Nullable [] product(long @Nullable [] a, long @Nullable [] b) {
    if (a == null || b == null || a.length != 1 || b.length != 1) {
      return null;
    }
    long product = Dimensions.size(a[0], b[0]);
    return product < 0 ? null : new long[] {product};
  }

  /** A slice of a vector in steps of 1. */
  private long @Nullable [] slice(GraphNode node) throws ModelFormatException {
    long[] from = of(node.input(0));
    long[] starts = node.input(1).isEmpty() ? node.integers("starts") : of(node.input(1));
    long[] ends = node.input(2).isEmpty() ? node.integers("ends") : of(node.input(2));
    if (from == null || starts == null || ends == null || !node.input(4).isEmpty()) {
      return null;
    }
    int start = starts.length == 1 ? clamped(starts[0], from.length) : from.length;
    int end = ends.length == 1 ? clamped(ends[0], from.length) : 0;
    return start < end ? Arrays.copyOfRange(from, start, end) : null;
  }

  private static int clamped(long index, int length) {
    long counted = index < 0 ? index + length : index;
    return (int) Math.max(0, Math.min(length, counted));
  }
}
