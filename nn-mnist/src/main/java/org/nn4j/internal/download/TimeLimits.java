package org.nn4j.internal.download;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Time limits of a download.
 *
 * @param connect for a connection
 * @param response for the first byte of a response
 * @param stall the time in which at least {@code leastBytes} must arrive
 * @param leastBytes the smallest number of bytes that counts as progress
 * @param clock measures {@code stall}
 */
record TimeLimits(
    Duration connect, Duration response, Duration stall, long leastBytes, Clock clock) {
  static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          30 * 1024,
          new SystemClock());

  /** Clock and bounded wait. Tests replace it, because real time depends on the load. */
  interface Clock {
    /** Returns nanoseconds since an arbitrary moment. */
    long nanoTime();

    /** Takes the next element, or returns null if none comes in that time. */
    <T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException;
  }

  /** System clock. */
  private static final class SystemClock implements Clock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException {
      return queue.poll(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
