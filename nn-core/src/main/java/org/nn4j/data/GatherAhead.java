package org.nn4j.data;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the batches of an epoch on a thread of its own, while those before are trained on.
 *
 * <p>A small step takes less time than waking a thread, which may take a millisecond. So the
 * gathering thread fills a ring of batches before it rests and is woken when half of the ring is
 * free; and who asks for a batch that the gathering thread has not begun gathers it itself rather
 * than wait. Each batch is gathered by whoever takes its number from the one counter.
 */
@SuppressWarnings(
    "ThreadPriorityCheck") // yields: nothing depends on what the scheduler makes of it
final class GatherAhead implements AutoCloseable {
  /**
   * How often to look for a free place before going to sleep: about a millisecond, some dozen small
   * steps. A thread that is woken often lands on the core of the one that wakes it.
   */
  private static final int LOOKS_WHEN_FULL = 5_000;

  private final int batches;
  private final int slots;
  private final IntConsumer gather;
  private final Thread gatherer;

  /** The first batch that nobody has begun to gather. */
  private final AtomicInteger next = new AtomicInteger();

  /** Below it, the gathering thread has gathered all that it began. */
  private volatile int gathered;

  private volatile int released;
  private volatile boolean sleeps;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Starts to gather.
   *
   * @param batches how many
   * @param slots how many may be gathered and not yet released, at least 2
   * @param gather gathers the batch of a number into its slot; called on two threads, each number
   *     once
   */
  GatherAhead(int batches, int slots, IntConsumer gather) {
    this.batches = batches;
    this.slots = slots;
    this.gather = gather;
    this.gatherer = new Thread(this::run, "nn4j-gather");
    gatherer.setDaemon(true);
    gatherer.start();
  }

  private void run() {
    try {
      while (!closed) {
        int batch = next.get();
        if (batch >= batches) {
          return;
        }
        if (isFull(batch)) {
          rest(batch);
        } else if (next.compareAndSet(batch, batch + 1)) {
          gather.accept(batch);
          gathered = batch + 1;
        }
      }
    } catch (Throwable thrown) { // handed to the thread that asks for the batch
      failure = thrown;
    }
  }

  private boolean isFull(int batch) {
    return batch - released >= slots;
  }

  private void rest(int batch) {
    for (int looks = 0; looks < LOOKS_WHEN_FULL; looks++) {
      if (!isFull(batch) || closed) {
        return;
      }
      Thread.yield(); // to whoever wants this core, such as the JIT compiler
    }
    sleeps = true;
    if (isFull(batch) && !closed) {
      LockSupport.park(this);
    }
    sleeps = false;
  }

  /**
   * Releases all batches before one, and has it gathered.
   *
   * @param batch its number; numbers are asked for in order
   */
  void await(int batch) {
    released = batch;
    if (sleeps && next.get() - batch <= slots / 2) {
      sleeps = false; // waking costs more than a step: once is enough
      LockSupport.unpark(gatherer);
    }
    if (next.compareAndSet(batch, batch + 1)) {
      gather.accept(batch);
      return;
    }
    while (gathered <= batch) {
      rethrow();
      Thread.yield();
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Ends the thread; when this returns, it writes to no batch any more. */
  @Override
  public void close() {
    closed = true;
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
