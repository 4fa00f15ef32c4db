package org.nn4j.internal.thread;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts the calls that use native memory of an object that many threads share. The memory is freed
 * when the object is closed and no call is under way.
 *
 * <p>Beginning and ending a call are one atomic operation each, on a counter that few threads
 * share. Thread-safe.
 */
public final class Usage {
  private static final int COUNTERS = 8;

  /** Counters lie on lines of the caches of their own, of 64 bytes. */
  private static final int STRIDE = 64 / Integer.BYTES;

  private final Runnable free;
  private final AtomicIntegerArray calls = new AtomicIntegerArray(COUNTERS * STRIDE);
  private final AtomicBoolean freed = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * No call is under way.
   *
   * @param free frees the memory; called once, with no call under way
   */
  public Usage(Runnable free) {
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

  /** Closes: from now on no call begins. */
  public void close() {
    closed = true;
    freeIfUnused();
  }

  private void freeIfUnused() {
    // A call counts 1 until it ends, on whatever counters, so a sum of 0 is that of no call.
    int underWay = 0;
    for (int i = 0; i < COUNTERS; i++) {
      underWay += calls.get(i * STRIDE);
    }
    if (underWay == 0 && freed.compareAndSet(false, true)) {
      free.run();
    }
  }

  /**
   * Whether {@link #close} was called.
   *
   * @return also true while calls are under way
   */
  public boolean isClosed() {
    return closed;
  }
}
