package org.nn4j.mnist;

import java.time.Duration;

/**
 * How long a download waits.
 *
 * @param connect for a connection
 * @param response for the first byte of an answer
 * @param stall the time in which at least {@code leastBytes} must come
 * @param leastBytes so many that a server which sends byte after byte, for years, is left
 */
record TimeLimits(Duration connect, Duration response, Duration stall, long leastBytes) {
  static final TimeLimits DEFAULT =
      new TimeLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 30 * 1024);
}
