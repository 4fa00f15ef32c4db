package org.nn4j.data.batch;

import java.util.Iterator;
import java.util.function.IntFunction;
import org.nn4j.Shape;
import org.nn4j.internal.Checks;

/** Source whose epochs a function returns. */
record FunctionBatchSource(Shape inputShape, Shape targetShape, IntFunction<Epoch> epochs)
    implements BatchSource {
  @Override
  public Epoch epoch(int number) {
    Checks.epoch(number, "BatchSource.epoch");
    return new StreamedEpoch(
        Checks.returned(epochs.apply(number), "BatchSource.of", "an epoch from the function"));
  }

  private static final class StreamedEpoch extends SinglePassEpoch {
    private final Epoch epoch;

    StreamedEpoch(Epoch epoch) {
      this.epoch = epoch;
    }

    @Override
    Iterator<Batch> batches() {
      return epoch.iterator();
    }

    @Override
    public void close() {
      epoch.close();
    }
  }
}
