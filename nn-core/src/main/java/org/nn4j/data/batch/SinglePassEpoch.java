package org.nn4j.data.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.nn4j.Require;

/** Epoch that refuses a second iterator. Not thread-safe. */
abstract class SinglePassEpoch implements Epoch {
  private boolean begun;

  /** Returns the batches; called once. */
  abstract Iterator<Batch> batches();

  @Override
  public final Iterator<Batch> iterator() {
    if (begun) {
      throw new IllegalStateException(
          Require.message("Epoch", "one iterator", "a second one", "call epoch(n) again"));
    }
    begun = true;
    return batches();
  }

  /** Iterator over the batches that a function returns. */
  record Cursor(BooleanSupplier isThereMore, Supplier<Batch> take) implements Iterator<Batch> {
    @Override
    public boolean hasNext() {
      return isThereMore.getAsBoolean();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has no further batch");
      }
      return take.get();
    }
  }
}
