package org.nn4j.data.batch;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.internal.thread.UseCount;

/**
 * Epochs whose batches are gathered into one {@link BatchRing}. Only the epoch that was opened last
 * yields batches, each of them once. Not thread-safe, except {@link #close}.
 */
final class RingEpochs {
  private final BatchRing ring;
  private final UseCount usage;
  private @Nullable OpenEpoch open;

  RingEpochs(BatchRing ring) {
    this.ring = ring;
    this.usage = new UseCount(ring::close);
  }

  /**
   * Ends the open epoch and opens another.
   *
   * @param batches their number
   * @param samples the data set
   * @param order the rows of all batches, one after the other
   */
  Epoch open(int batches, Dataset samples, int[] order) {
    if (!usage.begin()) {
      throw closed();
    }
    try {
      open =
          new OpenEpoch(
              batches,
              new GatherAhead(batches, ring.size(), number -> ring.gather(number, samples, order)));
    } catch (RuntimeException | Error failure) {
      usage.end();
      throw failure;
    }
    return open;
  }

  /** Ends the open epoch, if there is one. */
  void end() {
    if (open != null) {
      open.close();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException(
        Require.message("Batches", "to be open", "closed", "close batches after the last epoch"));
  }

  /** Frees the ring, at once or when an epoch on another thread ends. */
  void close() {
    OpenEpoch last = open;
    if (last != null && last.thread.equals(Thread.currentThread())) {
      last.close();
    }
    usage.close();
  }

  private final class OpenEpoch extends SinglePassEpoch {
    private final int batches;
    private final GatherAhead gatherer;
    private final Thread thread = Thread.currentThread();
    private int next;

    /** Whether this epoch has released the ring. */
    private final AtomicBoolean ended = new AtomicBoolean();

    OpenEpoch(int batches, GatherAhead gatherer) {
      this.batches = batches;
      this.gatherer = gatherer;
    }

    @Override
    Iterator<Batch> batches() {
      return new Cursor(this::isThereMore, this::take);
    }

    private boolean isThereMore() {
      boolean more = next < batches;
      if (!more) {
        endUse();
      }
      return more;
    }

    private Batch take() {
      if (usage.isClosed()) {
        close();
        throw closed();
      }
      if (open != this) {
        throw new IllegalStateException(
            Require.message(
                "Batches",
                "the epoch that was opened last",
                "one that has ended",
                "call epoch(n) again"));
      }
      gatherer.await(next);
      Batch batch = ring.batch(next);
      next++;
      return batch;
    }

    @Override
    public void close() {
      if (open == this) {
        open = null;
      }
      gatherer.close();
      endUse();
    }

    private void endUse() {
      if (ended.compareAndSet(false, true)) {
        usage.end();
      }
    }
  }
}
