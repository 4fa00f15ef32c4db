package org.nn4j.mnist;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.nn4j.Require;

/**
 * Reads an IDX file piece by piece, for files that are larger than memory.
 *
 * <p>An item is all that one index of the first dimension holds: an image in {@code [60000, 28,
 * 28]}, a label in {@code [60000]}.
 *
 * <pre>{@code
 * try (IdxReader reader = IdxReader.open(file)) {
 *   while (reader.remaining() > 0) {
 *     Idx images = reader.read(1_000);   // [1000, 28, 28], the last time perhaps fewer
 *   }
 * }
 * }</pre>
 *
 * <p>A raw file whose size disagrees with its header is refused when it is opened; of a gzip file
 * this is seen where the content ends early, or one byte after its last element. Not thread-safe.
 */
public final class IdxReader implements Closeable {
  /** The longest array that every JVM can make. */
  static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final Path file;
  private final IdxBytes bytes;
  private final IdxHeader header;
  private int next;

  private IdxReader(Path file, IdxBytes bytes) throws IOException {
    this.file = file;
    this.bytes = bytes;
    this.header = IdxHeader.read(bytes, file);
    bytes.requireLeft(header.contentLength(), elements());
    requireEndAfterLast();
  }

  /**
   * Opens a file, raw or gzip: its first two bytes tell which, and its name nothing.
   *
   * @param file the file
   * @return the reader, before the first item
   * @throws IdxFormatException if it is not an IDX file, or is damaged
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static IdxReader open(Path file) throws IOException {
    Require.notNull(file, "IdxReader.open", "file");
    return over(IdxBytes.open(file), file);
  }

  /** Reads a stream as if it were a file of that size and name. */
  static IdxReader of(InputStream stream, long size, Path file) throws IOException {
    return over(IdxBytes.of(stream, size, file), file);
  }

  private static IdxReader over(IdxBytes bytes, Path file) throws IOException {
    try {
      return new IdxReader(file, bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * The type of the elements.
   *
   * @return the type in the file
   */
  public ElementType type() {
    return header.type();
  }

  /**
   * The dimensions of the whole file.
   *
   * @return a new array of at least one number, each 0 or more
   */
  public int[] shape() {
    return header.shape();
  }

  /**
   * The number of items that were not read yet.
   *
   * @return from the first dimension down to 0
   */
  public int remaining() {
    return header.items() - next;
  }

  /**
   * Reads the next items.
   *
   * @param most how many are wanted
   * @return as many items as wanted, or as remain, or as fit into one Java array of bytes (a little
   *     below 2 GiB), whatever is least
   * @throws IllegalArgumentException if {@code most} is below 1
   * @throws IdxFormatException if the file is damaged, or a single item has 2 GiB or more
   * @throws IOException if the file cannot be read
   */
  public Idx read(int most) throws IOException {
    Require.atLeastOne(most, toString(), "number of items");
    long itemLength = header.itemLength();
    requireFits(itemLength, "items");
    long fitting = itemLength == 0 ? most : MOST_BYTES / itemLength;
    int count = (int) Math.min(fitting, Math.min(most, remaining()));
    String what = "items " + next + " to " + (next + count - 1) + " of " + header;
    return take(count, what);
  }

  /**
   * Passes over items.
   *
   * @param items how many, from 0 to {@link #remaining()}
   * @throws IllegalArgumentException if so many do not remain
   * @throws IdxFormatException if the file is damaged, or a single item has 2 GiB or more
   * @throws IOException if the file cannot be read
   */
  public void skip(int items) throws IOException {
    Require.that(
        items >= 0 && items <= remaining(),
        toString(),
        "a number of items from 0 to " + remaining(),
        items);
    requireFits(header.itemLength(), "items");
    bytes.skip(items * header.itemLength(), elements());
    next += items;
    requireEndAfterLast();
  }

  /** Reads all there is, from the first item. */
  Idx readAll() throws IOException {
    requireFits(header.contentLength(), "dimensions");
    long compressed = bytes.compressedSize();
    long most = Gzip.mostExpanded(compressed);
    if (compressed != IdxBytes.UNKNOWN && header.contentLength() > most) {
      throw new IdxFormatException(
          file,
          IdxHeader.dimensionOffset(0),
          "at most " + most + " bytes of elements in " + compressed + " bytes of gzip",
          header.contentLength() + " bytes, for " + header,
          "decompress the file first, or read it in pieces with IdxReader");
    }
    return take(header.items(), elements());
  }

  private Idx take(int items, String what) throws IOException {
    byte[] content = bytes.take((int) (items * header.itemLength()), what);
    next += items;
    requireEndAfterLast();
    return new Idx(header.type(), header.shapeOf(items), content);
  }

  private void requireFits(long length, String what) throws IdxFormatException {
    if (length > MOST_BYTES) {
      throw new IdxFormatException(
          file,
          IdxHeader.dimensionOffset(0),
          what + " of at most " + MOST_BYTES + " bytes of elements",
          header.toString(),
          "read the file in pieces with IdxReader, or fetch it again if it should be smaller");
    }
  }

  private void requireEndAfterLast() throws IOException {
    if (remaining() == 0 || header.contentLength() == 0) {
      bytes.requireEnd("the end after " + header.contentLength() + " bytes of " + elements());
    }
  }

  private String elements() {
    return "elements, for " + header;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  @Override
  public String toString() {
    return "IdxReader of " + file + " " + header;
  }
}
