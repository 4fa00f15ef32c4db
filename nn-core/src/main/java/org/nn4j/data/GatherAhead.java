package org.nn4j.data;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the batches of an epoch on a thread of its own, while those before are trained on.
 *
 * <p>A small step takes less time than waking a thread. So the gathering thread fills a ring of
 * batches before it rests, and is woken when half of the ring is free. Batches are handed over by
 * two counters, each written by one thread.
 */
final class GatherAhead implements AutoCloseable {
  /** How often to look for a batch before the waiting thread is put to sleep. */
  private static final int LOOKS = 200;

  private final int batches;
  private final int slots;
  private final IntConsumer gather;
  private final Thread consumer = Thread.currentThread();
  private final Thread gatherer;
  private volatile int gathered;
  private volatile int released;
  private volatile boolean consumerSleeps;
  private volatile boolean gathererSleeps;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /**
   * Starts to gather.
   *
   * @param batches how many
   * @param slots how many may be gathered and not yet released, at least 2
   * @param gather gathers the batch of a number into its slot
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
      for (int i = 0; i < batches; i++) {
        while (i - released >= slots && !closed) {
          gathererSleeps = true;
          if (i - released >= slots && !closed) {
            LockSupport.park(this);
          }
          gathererSleeps = false;
        }
        if (closed) {
          return;
        }
        gather.accept(i);
        gathered = i + 1;
        wakeConsumer();
      }
    } catch (Throwable thrown) { // handed to the thread that asks for the batch
      failure = thrown;
      wakeConsumer();
    }
  }

  private void wakeConsumer() {
    if (consumerSleeps) {
      LockSupport.unpark(consumer);
    }
  }

  /**
   * Releases all batches before one, and waits for it.
   *
   * @param batch its number; numbers are asked for in order
   */
  void await(int batch) {
    released = batch;
    if (gathererSleeps && gathered - batch <= slots / 2) {
      LockSupport.unpark(gatherer);
    }
    for (int looks = 0; gathered <= batch; looks++) {
      rethrow();
      if (looks < LOOKS) {
        Thread.onSpinWait();
        continue;
      }
      consumerSleeps = true;
      if (gathered <= batch && failure == null) {
        LockSupport.park(this);
      }
      consumerSleeps = false;
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
