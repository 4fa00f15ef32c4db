package org.nn4j.data;

import java.util.function.IntFunction;
import org.nn4j.Shape;

/** A source whose batches a function gives. */
record StreamedBatches(Shape inputShape, Shape targetShape, IntFunction<Epoch> epochs)
    implements BatchSource {
  @Override
  public Epoch epoch(int number) {
    return epochs.apply(number);
  }
}
