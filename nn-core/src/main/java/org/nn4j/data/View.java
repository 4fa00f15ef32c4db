package org.nn4j.data;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.Detached;
import org.nn4j.internal.memory.NewArrays;

/** View of another data set, to which it delegates what it does not override. */
interface View extends BaseDataset {
  /** Returns the underlying data set. */
  Dataset source();

  /** Returns the same view of other samples, of the same number and shapes. */
  Dataset on(Dataset other);

  @Override
  default int size() {
    return source().size();
  }

  @Override
  default Shape inputShape() {
    return source().inputShape();
  }

  @Override
  default Shape targetShape() {
    return source().targetShape();
  }

  @Override
  default void gather(int[] rows, INDArray inputs, INDArray targets) {
    source().gather(rows, inputs, targets);
  }

  @Override
  default boolean exceedsFloat() {
    return BaseDataset.mayExceedFloat(source());
  }

  @Override
  default boolean isWeighted() {
    return source().isWeighted();
  }

  @Override
  default void gatherWeights(int[] rows, INDArray weights) {
    source().gatherWeights(rows, weights);
  }

  @Override
  default int[] classes() {
    return source().classes();
  }

  @Override
  default Dataset inEpoch(int number) {
    Dataset then = source().inEpoch(number);
    return then == source() ? this : on(then);
  }

  /**
   * Gathers rows of the source in its precision.
   *
   * @param inputs destination of the view
   * @param targets destination of the view
   * @param view computes the rows of the view from those of the source; both are the same arrays
   *     where shape and precision allow it
   */
  default void gatherFromSource(
      int[] rows, INDArray inputs, INDArray targets, BiConsumer<INDArray, INDArray> view) {
    DataType type = BaseDataset.mayExceedFloat(source()) ? DataType.DOUBLE : inputs.dataType();
    INDArray x = room(inputs, source().inputShape().withBatch(rows.length), type);
    INDArray y = room(targets, source().targetShape().withBatch(rows.length), type);
    try {
      source().gather(rows, x, y);
      view.accept(x, y);
    } finally {
      free(x, inputs);
      free(y, targets);
    }
  }

  private static INDArray room(INDArray array, long[] shape, DataType type) {
    return array.dataType() == type && Arrays.equals(array.shape(), shape)
        ? array
        : NewArrays.uninitialized(type, shape);
  }

  private static void free(INDArray room, INDArray array) {
    if (room != array) {
      room.close();
    }
  }

  /** Copies a result to its destination, which may be the memory that the result is a view of. */
  static void put(INDArray computed, INDArray array) {
    if (computed == array) {
      return;
    }
    if (memory(computed) != memory(array)) {
      Kernel.copy(computed, array);
      return;
    }
    try (INDArray copy = Detached.make(() -> computed.dup('c'))) {
      Kernel.copy(copy, array);
    }
  }

  private static DataBuffer memory(INDArray array) {
    DataBuffer whole = array.data().originalDataBuffer();
    return whole == null ? array.data() : whole;
  }
}
