package org.nn4j.internal.memory;

/** Size of portions of samples, for work that processes data in portions. */
public final class PortionSize {
  /** Bytes of a portion: enough for fast products, small compared with other memory. */
  private static final long BYTES = 1 << 20;

  /** Maximum number of samples in a portion; more are not faster. */
  private static final int MAX_ROWS = 1000;

  private PortionSize() {}

  /**
   * Returns whether memory fits into a portion.
   *
   * @param bytes the size
   * @return true up to about 1 MB
   */
  public static boolean holds(long bytes) {
    return bytes <= BYTES;
  }

  /**
   * Returns the number of rows in a portion.
   *
   * @param bytesOfRow the size of a row
   * @return about 1 MB of rows: at least 1 row, and at most 1000
   */
  public static int rows(long bytesOfRow) {
    return (int) Math.max(1, Math.min(MAX_ROWS, BYTES / Math.max(1, bytesOfRow)));
  }
}
