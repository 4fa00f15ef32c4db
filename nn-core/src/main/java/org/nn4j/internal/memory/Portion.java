package org.nn4j.internal.memory;

/**
 * The number of samples to hold in memory at a time, for all work that goes through data in pieces
 * of its own choice.
 */
public final class Portion {
  /** Bytes of a portion: enough to keep the products busy, little beside any other memory. */
  private static final long BYTES = 1 << 20;

  /** Samples in a portion at most: more of them make nothing faster. */
  private static final int MOST = 1000;

  private Portion() {}

  /**
   * Whether memory is no more than a portion.
   *
   * @param bytes the bytes that something takes
   * @return true up to about 1 MB
   */
  public static boolean holds(long bytes) {
    return bytes <= BYTES;
  }

  /**
   * The number of rows in a portion.
   *
   * @param bytesOfRow the bytes that one row takes
   * @return about 1 MB of rows: at least 1 row, and at most 1000
   */
  public static int rows(long bytesOfRow) {
    return (int) Math.max(1, Math.min(MOST, BYTES / Math.max(1, bytesOfRow)));
  }
}
