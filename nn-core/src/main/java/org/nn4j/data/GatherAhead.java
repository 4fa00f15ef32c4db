package org.nn4j.data;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.thread.Unchecked;

/**
 * Gathers the batches of an epoch on a thread of its own, while those before are trained on.
 *
 * <p>A small step takes less time than waking a thread, which may take half a millisecond. So
 * nobody wakes this one: it fills a ring of batches, rests for a moment that is shorter than they
 * last, and looks again. Who asks for a batch that it has not begun gathers it itself rather than
 * wait. Each batch is gathered by whoever takes its number from the one counter.
 */
@SuppressWarnings(
    "ThreadPriorityCheck") // yields: nothing depends on what the scheduler makes of it
final class GatherAhead implements AutoCloseable {
  /** How long to rest when the ring is full: less than what is in it lasts. */
  private static final long REST_NANOS = 200_000;

  private final int batches;
  private final int slots;
  private final IntConsumer gather;
  private final @Nullable Thread gatherer;

  /** The first batch that nobody has begun to gather. */
  private final AtomicInteger next = new AtomicInteger();

  /** Below it, the gathering thread has gathered all that it began. */
  private volatile int gathered;

  private volatile int released;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /** The failure of a batch on the thread that asked for it. */
  private @Nullable Throwable failedHere;

  /**
   * Starts to gather.
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
      return null; // who asks for a batch gathers it
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
          Thread.interrupted(); // forgotten: else it would not rest again
        } else if (next.compareAndSet(batch, batch + 1)) {
          gather.accept(batch);
          gathered = batch + 1;
        }
      }
    } catch (Throwable thrown) { // handed to the thread that asks for the batch
      failure = thrown;
    }
  }

  /**
   * Releases all batches before one, and has it gathered. Its failure is thrown again each time,
   * and is the same on either thread.
   *
   * @param batch its number; numbers are asked for in order
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
    Unchecked.rethrow(thrown, "a batch could not be gathered");
  }

  /** Ends the thread; when this returns, it writes to no batch any more. */
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
