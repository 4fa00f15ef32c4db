package org.nn4j.mnist;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.nn4j.Require;
import org.nn4j.internal.file.AtomicFile;

/**
 * Writer of an IDX file in pieces, for data that is larger than memory.
 *
 * <p>The file is written to a temporary sibling, which {@link #close()} moves into place if all
 * announced items are written. Until then, and after a failure, an existing file is unchanged. Not
 * thread-safe.
 *
 * <pre>{@code
 * try (IdxWriter writer = IdxWriter.create(file, ElementType.UBYTE, 60_000, 28, 28)) {
 *   for (Idx images : pieces) {
 *     writer.write(images);              // [any number, 28, 28]
 *   }
 * }
 * }</pre>
 */
public final class IdxWriter implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final IdxHeader header;
  private final AtomicFile target;
  private final OutputStream out;
  private int written;
  private boolean closed;

  private IdxWriter(Path file, IdxHeader header, AtomicFile target, OutputStream out) {
    this.file = file;
    this.header = header;
    this.target = target;
    this.out = out;
  }

  /**
   * Creates a file, gzip if its name ends with {@code .gz}, otherwise raw.
   *
   * @param file its path, in a folder that exists
   * @param type the type of its elements
   * @param shape its dimensions, 1 to 255 numbers of 0 or more; the first is the number of items
   * @return the writer
   * @throws IllegalArgumentException if the shape has another rank or a negative dimension
   * @throws java.nio.file.NoSuchFileException if the folder does not exist
   * @throws IOException if the file cannot be written
   */
  public static IdxWriter create(Path file, ElementType type, int... shape) throws IOException {
    Require.notNull(file, "IdxWriter.create", "file");
    Require.notNull(type, "IdxWriter.create", "type");
    Require.notNull(shape, "IdxWriter.create", "shape");
    Require.that(
        IdxHeader.isShape(shape),
        "IdxWriter of " + file,
        "1 to " + IdxHeader.MAX_DIMENSIONS + " dimensions of 0 or more",
        Arrays.toString(shape));
    IdxHeader header = new IdxHeader(type, shape.clone());
    AtomicFile target = AtomicFile.create(file);
    try {
      OutputStream out = encoded(file, target.out());
      out.write(header.bytes());
      return new IdxWriter(file, header, target, out);
    } catch (IOException | RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private static OutputStream encoded(Path file, OutputStream out) throws IOException {
    boolean gzip = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    return gzip ? new GZIPOutputStream(out, BUFFER) : new BufferedOutputStream(out, BUFFER);
  }

  /**
   * Writes the next items.
   *
   * @param items elements of the type of the file, in its dimensions except the first
   * @throws IllegalArgumentException if type or dimensions differ, or there are more items than
   *     {@code create} announced
   * @throws IOException if the file cannot be written
   */
  public void write(Idx items) throws IOException {
    Require.notNull(items, "IdxWriter.write", "items");
    IdxHeader given = items.header();
    Require.that(given.hasItemsOf(header), toString(), "items as in " + header, given);
    Require.that(
        given.items() <= header.items() - written,
        toString(),
        "at most " + (header.items() - written) + " more items",
        given.items());
    out.write(items.content());
    written += given.items();
  }

  /**
   * Moves the complete file into place, or deletes an incomplete one.
   *
   * @throws IllegalStateException if fewer items were written than announced
   * @throws IOException if the file cannot be written
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (AtomicFile whole = target) {
      if (written < header.items()) {
        throw new IllegalStateException(
            Require.message(
                toString(),
                header.items() + " items before close",
                String.valueOf(written),
                "write all items, or announce fewer; the file was deleted"));
      }
      finish();
      whole.commit();
    }
  }

  /** Writes the buffer without closing the file. */
  private void finish() throws IOException {
    if (out instanceof GZIPOutputStream gzip) {
      gzip.finish();
    } else {
      out.flush();
    }
  }

  @Override
  public String toString() {
    return "IdxWriter of " + file + " " + header;
  }
}
