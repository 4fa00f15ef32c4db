package org.nn4j.data;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Shape;

/** A data set that shows the samples of another: all that it does not override is the other's. */
interface View extends Precise {
  /** What is looked at. */
  Dataset source();

  /** The same view of other samples, of the same number and shapes. */
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
    return Precise.mayExceedFloat(source());
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
}
