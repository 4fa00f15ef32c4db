package org.nn4j.internal.thread;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Count of the calls that use native memory of a shared object. The memory is freed when the object
 * is closed and no call is running.
 *
 * <p>Beginning and ending a call are one atomic operation each, on a counter that few threads
 * share. Thread-safe.
 */
public final class UseCount {
  private static final int COUNTERS = 8;

  /** Distance of the counters, so that each is in its own cache line of 64 bytes. */
  private static final int STRIDE = 64 / Integer.BYTES;

  private final Runnable free;
  private final AtomicIntegerArray calls = new AtomicIntegerArray(COUNTERS * STRIDE);
  private final AtomicBoolean freed = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Creates an open object without a running call.
   *
   * @param free frees the memory; called once, with no call running
   */
  public UseCount(Runnable free) {
    this.free = free;
  }

  private static int counter() {
    return (int) (Thread.currentThread().getId() % COUNTERS) * STRIDE;
  }

  /**
   * Begins a call, unless the object is closed.
   *
   * @return whether the call may use the memory; it must then be {@link #end ended}
   */
  public boolean begin() {
    calls.getAndIncrement(counter());
    if (closed) { // read after the count was raised: close() reads the count after it wrote this
      end();
      return false;
    }
    return true;
  }

  /** Ends a call. The last call to end after {@link #close} frees the memory. */
  public void end() {
    calls.getAndDecrement(counter());
    if (closed) {
      freeIfUnused();
    }
  }

  /** Closes the object: no call begins afterwards. */
  public void close() {
    closed = true;
    freeIfUnused();
  }

  private void freeIfUnused() {
    // A call counts 1 until it ends, on any counter, so a sum of 0 means no call.
    int underWay = 0;
    for (int i = 0; i < COUNTERS; i++) {
      underWay += calls.get(i * STRIDE);
    }
    if (underWay == 0 && freed.compareAndSet(false, true)) {
      free.run();
    }
  }

  /**
   * Returns whether {@link #close} was called.
   *
   * @return also true while calls are running
   */
  public boolean isClosed() {
    return closed;
  }
}
