package org.nn4j.mnist;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Tells gzip from raw bytes, and says how far gzip may expand in memory. */
final class Gzip {
  /** What any file may decompress to. */
  private static final long ALWAYS_EXPANDED = 1 << 26;

  /** How far larger ones may expand: MNIST's expand 5 times, and deflate can expand 1,000 times. */
  private static final long MOST_EXPANSION = 200;

  private static final byte[] MAGIC = {0x1f, (byte) 0x8b};
  private static final int BUFFER = 1 << 13;

  private Gzip() {}

  static BufferedInputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }

  /** Looks at the first two bytes, and leaves them to be read. */
  static boolean startsAsGzip(BufferedInputStream in) throws IOException {
    in.mark(MAGIC.length);
    boolean gzip = Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    in.reset();
    return gzip;
  }

  /** Decompresses all members, one after the other. */
  static InputStream decompressed(BufferedInputStream in) throws IOException {
    return new GZIPInputStream(in, BUFFER);
  }

  /** The most bytes that a file of a compressed size is let to fill in memory. */
  static long mostExpanded(long compressedSize) {
    return Math.max(ALWAYS_EXPANDED, MOST_EXPANSION * compressedSize);
  }
}
