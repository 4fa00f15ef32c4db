package org.nn4j.data;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.NewArrays;

/**
 * A data set that knows whether floats hold its samples. Where they do not, as with timestamps in
 * milliseconds, views compute in double precision and cast what they have computed.
 */
interface Precise extends Dataset {
  /** Whether the samples are held in a type that has numbers which floats round. */
  boolean exceedsFloat();

  /** Whether the samples are in memory, the same at each call. */
  default boolean isHeld() {
    return false;
  }

  /** As {@link #exceedsFloat}; a data set of the user's may hold doubles. */
  static boolean mayExceedFloat(Dataset data) {
    return !(data instanceof Precise precise) || precise.exceedsFloat();
  }

  /**
   * Gathers rows of a source as it holds them.
   *
   * @param inputs what a view gathers into
   * @param targets what a view gathers into
   * @param view makes the view's rows of the source's inputs and targets, which are the arrays of
   *     the view itself where shape and precision allow it
   */
  static void gather(
      Dataset source,
      int[] rows,
      INDArray inputs,
      INDArray targets,
      BiConsumer<INDArray, INDArray> view) {
    DataType type = mayExceedFloat(source) ? DataType.DOUBLE : inputs.dataType();
    INDArray x = room(inputs, source.inputShape().withBatch(rows.length), type);
    INDArray y = room(targets, source.targetShape().withBatch(rows.length), type);
    try {
      source.gather(rows, x, y);
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

  /** Copies what has been computed to where it was to be gathered, if it is not there. */
  static void put(INDArray computed, INDArray array) {
    if (computed != array) {
      array.assign(computed);
    }
  }
}
