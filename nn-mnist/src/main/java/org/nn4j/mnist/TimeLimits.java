package org.nn4j.mnist;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a download waits.
 *
 * @param connect for a connection
 * @param response for the first byte of an answer
 * @param stall the time in which at least {@code leastBytes} must come
 * @param leastBytes so many that a server which sends byte after byte, for years, is left
 * @param clock measures the time of a stall
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

  /** Waits with a limit. Tests replace it, because real time depends on the machine's load. */
  interface Clock {
    /** Nanoseconds since any moment. */
    long nanoTime();

    /** Takes the next element, or null if there is none within some time. */
    <T> @Nullable T poll(BlockingQueue<T> queue, long nanos) throws InterruptedException;
  }

  /** The time of the system. */
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
