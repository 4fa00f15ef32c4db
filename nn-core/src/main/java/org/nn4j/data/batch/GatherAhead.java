package org.nn4j.data.batch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.thread.Rethrow;

/**
 * Second thread that gathers the batches of an epoch ahead of training.
 *
 * <p>A small step takes less time than waking a thread, which may take half a millisecond. So no
 * thread wakes this one: it fills a ring of batches, sleeps for less time than they last, and
 * checks again. A caller whose next batch is not begun gathers it itself instead of waiting. An
 * atomic counter determines which thread gathers which batch.
 */
@SuppressWarnings("ThreadPriorityCheck") // yields: no result depends on the scheduler
final class GatherAhead implements AutoCloseable {
  /** Sleep time when the ring is full: less than its batches last. */
  private static final long REST_NANOS = 200_000;

  private final int batches;
  private final int slots;
  private final IntConsumer gather;
  private final @Nullable Thread gatherer;

  /** The first batch that no thread has begun to gather. */
  private final AtomicInteger next = new AtomicInteger();

  /** All batches below it that the gathering thread began are complete. */
  private volatile int gathered;

  private volatile int released;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /** The failure of a batch on the calling thread. */
  private @Nullable Throwable failedHere;

  /**
   * Starts the thread.
   *
   * @param batches how many
   * @param slots how many may be gathered and not yet released; with 1 there is no second thread
   * @param gather gathers the batch of a number into its slot; called on two threads, each number
   *     once
   */
  GatherAhead(int batches, int slots, IntConsumer gather) {
    this.batches = batches;
    this.slots = slots;
    this.gather = gather;
    this.gatherer = slots > 1 ? start() : null;
  }

  private @Nullable Thread start() {
    Thread thread = new Thread(this::run, "nn4j-gather");
    thread.setDaemon(true);
    try {
      thread.start();
      return thread;
    } catch (OutOfMemoryError noMoreThreads) {
      return null; // the caller gathers each batch
    }
  }

  private void run() {
    try {
      while (!closed) {
        int batch = next.get();
        if (batch >= batches) {
          return;
        }
        if (batch - released >= slots) {
          LockSupport.parkNanos(this, REST_NANOS);
          Thread.interrupted(); // cleared: otherwise it would not sleep again
        } else if (next.compareAndSet(batch, batch + 1)) {
          gather.accept(batch);
          gathered = batch + 1;
        }
      }
    } catch (Throwable thrown) { // rethrown on the calling thread
      failure = thrown;
    }
  }

  /**
   * Releases all batches before one and returns when it is gathered. A failure is thrown again by
   * each call and is the same on either thread.
   *
   * @param batch its number; in ascending order
   * @throws IllegalStateException with the cause if gathering throws a checked exception
   */
  void await(int batch) {
    released = batch;
    rethrow(failedHere);
    if (next.compareAndSet(batch, batch + 1)) {
      try {
        gather.accept(batch);
      } catch (Throwable thrown) {
        failedHere = thrown; // its number is taken: it cannot be gathered again
        rethrow(thrown);
      }
      return;
    }
    while (gathered <= batch) {
      rethrow(failure);
      Thread.yield();
    }
  }

  private static void rethrow(@Nullable Throwable thrown) {
    Rethrow.rethrow(thrown, "a batch could not be gathered");
  }

  /** Ends the thread. After the return it writes to no batch. */
  @Override
  public void close() {
    closed = true;
    if (gatherer == null) {
      return;
    }
    LockSupport.unpark(gatherer);
    boolean interrupted = false;
    while (gatherer.isAlive()) {
      try {
        gatherer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
