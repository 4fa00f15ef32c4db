package org.nn4j.internal.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Detection of gzip by its first two bytes, and limits of its expansion in memory. */
public final class Gzip {
  /** Bytes to which any file may expand. */
  private static final long ALWAYS_EXPANDED = 1 << 26;

  /** Largest factor for larger files: MNIST expands 5 times, deflate up to 1,000 times. */
  private static final long MAX_EXPANSION = 200;

  private static final byte[] MAGIC = {0x1f, (byte) 0x8b};
  private static final int BUFFER = 1 << 13;

  private Gzip() {}

  /**
   * Buffers a stream, and decompresses it if it is gzip, including all members.
   *
   * @param in the stream
   * @return a {@link GZIPInputStream} exactly if the stream is gzip
   * @throws IOException if the stream cannot be read, or its gzip header is damaged
   */
  public static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(in, BUFFER);
    raw.mark(MAGIC.length);
    boolean gzip = Arrays.equals(raw.readNBytes(MAGIC.length), MAGIC);
    raw.reset();
    return gzip ? new GZIPInputStream(raw, BUFFER) : raw;
  }

  /**
   * Returns the most bytes to which a file may expand in memory.
   *
   * @param compressedSize the size of the file
   * @return 64 MiB or more
   */
  public static long mostExpanded(long compressedSize) {
    return Math.max(ALWAYS_EXPANDED, MAX_EXPANSION * compressedSize);
  }
}
