package org.nn4j.mnist;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.internal.download.Gzip;

/**
 * Reader of an IDX file in pieces, for files that are larger than memory.
 *
 * <p>An item is the elements of one index of the first dimension: an image in {@code [60000, 28,
 * 28]}, a label in {@code [60000]}.
 *
 * <pre>{@code
 * try (IdxReader reader = IdxReader.open(file)) {
 *   while (reader.remaining() > 0) {
 *     Idx images = reader.read(1_000);   // [1000, 28, 28], or fewer at the end
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #open} refuses a raw file whose size differs from its header. A gzip file is refused
 * where its content ends early, or one byte after its last element. Not thread-safe.
 */
public final class IdxReader implements Closeable {
  /** Length of the longest array that every JVM can allocate. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final Path file;
  private final IdxInput in;
  private final IdxHeader header;
  private int next;

  private IdxReader(Path file, IdxInput in) throws IOException {
    this.file = file;
    this.in = in;
    this.header = IdxHeader.read(in, file);
    in.requireLeft(header.contentLength(), elements());
    requireEndAfterLast();
  }

  /**
   * Opens a file, raw or gzip, which its first two bytes determine.
   *
   * @param file the file
   * @return the reader, before the first item
   * @throws IdxFormatException if it is not an IDX file, or is damaged
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static IdxReader open(Path file) throws IOException {
    Require.notNull(file, "IdxReader.open", "file");
    return over(IdxInput.open(file), file);
  }

  /** Reads a stream as if it were a file of that size and name. */
  static IdxReader of(InputStream stream, long size, Path file) throws IOException {
    return over(IdxInput.of(stream, size, file), file);
  }

  private static IdxReader over(IdxInput in, Path file) throws IOException {
    try {
      return new IdxReader(file, in);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Returns the type of the elements.
   *
   * @return the type in the file
   */
  public ElementType type() {
    return header.type();
  }

  /**
   * Returns the dimensions of the whole file.
   *
   * @return a new array of at least one number, each 0 or more
   */
  public int[] shape() {
    return header.shape();
  }

  /**
   * Returns the number of remaining items.
   *
   * @return from the first dimension down to 0
   */
  public int remaining() {
    return header.items() - next;
  }

  /**
   * Reads the next items.
   *
   * @param most the largest number of items to read
   * @return {@code most} items, or fewer if fewer remain or fit into one Java array of bytes (a
   *     little below 2 GiB)
   * @throws IllegalArgumentException if {@code most} is below 1
   * @throws IdxFormatException if the file is damaged, or a single item has 2 GiB or more
   * @throws IOException if the file cannot be read
   */
  public Idx read(int most) throws IOException {
    Require.atLeastOne(most, toString(), "number of items");
    long itemLength = header.itemLength();
    requireFits(itemLength, "items");
    long fitting = itemLength == 0 ? most : MAX_BYTES / itemLength;
    int count = (int) Math.min(fitting, Math.min(most, remaining()));
    String what = "items " + next + " to " + (next + count - 1) + " of " + header;
    return take(count, what);
  }

  /**
   * Skips items.
   *
   * @param items the number, from 0 to {@link #remaining()}
   * @throws IllegalArgumentException if fewer remain
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
    in.skip(items * header.itemLength(), elements());
    next += items;
    requireEndAfterLast();
  }

  /** Reads all items, before any other is read. */
  Idx readAll() throws IOException {
    requireFits(header.contentLength(), "dimensions");
    long compressed = in.compressedSize();
    long most = Gzip.mostExpanded(compressed);
    if (compressed != IdxInput.UNKNOWN && header.contentLength() > most) {
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
    byte[] content = in.take((int) (items * header.itemLength()), what);
    next += items;
    requireEndAfterLast();
    return new Idx(header.type(), header.shapeOf(items), content);
  }

  private void requireFits(long length, String what) throws IdxFormatException {
    if (length > MAX_BYTES) {
      throw new IdxFormatException(
          file,
          IdxHeader.dimensionOffset(0),
          what + " of at most " + MAX_BYTES + " bytes of elements",
          header.toString(),
          "read the file in pieces with IdxReader, or download it again if it should be smaller");
    }
  }

  private void requireEndAfterLast() throws IOException {
    if (remaining() == 0 || header.contentLength() == 0) {
      in.requireEnd("the end after " + header.contentLength() + " bytes of " + elements());
    }
  }

  private String elements() {
    return "elements, for " + header;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  @Override
  public String toString() {
    return "IdxReader of " + file + " " + header;
  }
}
