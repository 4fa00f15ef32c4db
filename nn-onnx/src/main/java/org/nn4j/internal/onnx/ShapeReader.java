package org.nn4j.internal.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nn4j.io.ModelFormatException;

/** Import of operators that only change the shape of samples. */
final class ShapeReader {
  private ShapeReader() {}

  static String flatten(GraphNode node, Walk walk) {
    long[] shape = walk.sample().shape();
    int rank = shape.length + 1;
    int axis = Dimensions.axis(node.integer("axis", 1), rank);
    if (axis == 1 && walk.sample().isByRow() && walk.sample().rowsOfSample() != 1) {
      walk.refuse(node, "joins rows that earlier layers process separately");
    } else if (axis == 1) {
      walk.sample().regroup(Dimensions.size(shape));
    } else if (axis == rank - 1 && axis > 1 && walk.sample().rows(node, Dimensions.UNKNOWN)) {
      walk.sample().setShapeOfRows(walk.sample().features());
    } else {
      walk.refuse(node, "joins samples; use axis 1");
    }
    return node.output();
  }

  static String reshape(GraphNode node, Walk walk) throws ModelFormatException {
    long[] wanted = ShapeValues.of(node.input(1), walk);
    if (wanted != null && wanted.length > 0 && node.input(0).equals(walk.value())) {
      long[] sample = Arrays.copyOfRange(wanted, 1, wanted.length);
      if (isBatch(wanted, walk) && node.integer("allowzero", 0) == 0) {
        wanted[0] = 0;
        long[] full = Dimensions.reshape(full(walk), wanted);
        if (full != null && regroup(walk, Arrays.copyOfRange(full, 1, full.length))) {
          return node.output();
        }
      } else if (wanted[0] == -1
          && sample.length > 0
          && sample[sample.length - 1] == walk.sample().features()
          && Dimensions.size(sample) == walk.sample().features()
          && walk.sample().rows(node, Dimensions.UNKNOWN)) { // each row becomes a sample
        walk.sample().setShapeOfRows(sample);
        return node.output();
      }
    }
    walk.refuse(
        node, "does not keep samples of " + Arrays.toString(walk.sample().shape()) + " apart");
    return node.output();
  }

  /** Returns whether the first size of a new shape is the batch size. */
  private static boolean isBatch(long[] wanted, Walk walk) {
    long size = Dimensions.size(Arrays.copyOfRange(wanted, 1, wanted.length));
    long before = Dimensions.size(walk.sample().shape());
    boolean isRow = before == Dimensions.UNKNOWN && size == walk.sample().features();
    return wanted[0] == 0
        || wanted[0] == ShapeValues.BATCH
        || (wanted[0] > 0 && wanted[0] == walk.sample().batch())
        || (wanted[0] == -1
            && size > 0
            && (size == before || (before == Dimensions.UNKNOWN && !isRow)));
  }

  private static boolean regroup(Walk walk, long... shape) {
    long before = Dimensions.size(walk.sample().shape());
    long after = Dimensions.size(shape);
    boolean isSame = before == after || before == Dimensions.UNKNOWN || after == Dimensions.UNKNOWN;
    boolean isByRow = walk.sample().isByRow() && !Arrays.equals(walk.sample().shape(), shape);
    if (isSame && !isByRow) {
      walk.sample().regroup(shape);
    }
    return isSame && !isByRow;
  }

  static String squeeze(GraphNode node, Walk walk) throws ModelFormatException {
    long[] axes =
        node.input(1).isEmpty() ? node.integers("axes") : ShapeValues.of(node.input(1), walk);
    long[] full =
        node.is("Squeeze")
            ? Dimensions.squeeze(full(walk), axes)
            : Dimensions.unsqueeze(full(walk), axes);
    boolean isDone =
        full != null
            && full.length > 0
            && full[0] == Dimensions.UNKNOWN
            && regroup(walk, Arrays.copyOfRange(full, 1, full.length));
    if (!isDone) {
      walk.refuse(node, "removes or adds a dimension before the samples");
    }
    return node.output();
  }

  /** Transposition that only moves dimensions of size 1, or that a later Gemm cancels. */
  static String transpose(GraphNode node, Walk walk) throws ModelFormatException {
    long[] full = full(walk);
    long[] order = order(node, full.length);
    GraphNode next = walk.graph().onlyConsumer(node.output());
    if (next != null
        && next.is("Gemm")
        && next.integer("transA", 0) != 0
        && Arrays.equals(order, new long[] {1, 0})) {
      walk.goTo(node.output());
      return LinearReader.product(next, walk);
    }
    long[] moved = order == null ? null : Arrays.stream(order).map(i -> full[(int) i]).toArray();
    boolean isSame =
        order != null
            && Arrays.equals(
                Arrays.stream(order).filter(i -> full[(int) i] != 1).toArray(),
                Arrays.stream(order).filter(i -> full[(int) i] != 1).sorted().toArray());
    boolean movesFeatures =
        walk.sample().isByRow() && order != null && order[full.length - 1] != full.length - 1;
    if (moved == null || !isSame || moved[0] != Dimensions.UNKNOWN || movesFeatures) {
      walk.refuse(node, "reorders the elements of a sample; export the model without it");
      return node.output();
    }
    walk.sample().regroup(Arrays.copyOfRange(moved, 1, moved.length));
    return node.output();
  }

  /** Returns a permutation of the axes, or null. */
  private static long @Nullable [] order(GraphNode node, int rank) {
    long[] order = node.integers("perm");
    if (order == null) {
      order = new long[rank];
      for (int i = 0; i < rank; i++) {
        order[i] = rank - 1L - i;
      }
    }
    boolean[] found = new boolean[rank];
    for (long axis : order) {
      if (axis < 0 || axis >= rank || found[(int) axis]) {
        return null;
      }
      found[(int) axis] = true;
    }
    return order.length == rank ? order : null;
  }

  /** Returns the shape of the current value with the batch, whose size is not known. */
  private static long[] full(Walk walk) {
    long[] shape = walk.sample().shape();
    long[] full = new long[shape.length + 1];
    full[0] = Dimensions.UNKNOWN;
    System.arraycopy(shape, 0, full, 1, shape.length);
    return full;
  }
}
