package org.nn4j.mnist;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nn4j.internal.download.Gzip;
import org.nn4j.io.FileAccess;

/**
 * Input stream of one file, decompressed if it is gzip, that counts its bytes and throws {@link
 * IdxFormatException} for damage. Memory is allocated only for bytes that exist.
 */
final class IdxInput implements Closeable {
  /** The size of a stream of unknown length. */
  static final long UNKNOWN = -1;

  static final String DAMAGED = "the file is damaged or incomplete: download it again";

  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final long fileSize;
  private final boolean gzip;

  /** Bytes read so far, after decompression. */
  private long position;

  private IdxInput(Path file, InputStream in, long fileSize, boolean gzip) {
    this.file = file;
    this.in = in;
    this.fileSize = fileSize;
    this.gzip = gzip;
  }

  static IdxInput open(Path file) throws IOException {
    FileAccess.requireReadable(file);
    long size = Files.size(file);
    InputStream raw = Files.newInputStream(file);
    try {
      return of(raw, size, file);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Reads a stream as if it were a file of that size and name. */
  static IdxInput of(InputStream stream, long size, Path file) throws IOException {
    try {
      InputStream in = Gzip.decompressed(stream);
      return new IdxInput(file, in, size, in instanceof GZIPInputStream);
    } catch (ZipException | EOFException e) {
      throw unsound(file, 0, e);
    }
  }

  /** Returns the size of the file on disk if it is gzip, else {@link #UNKNOWN}. */
  long compressedSize() {
    return gzip ? fileSize : UNKNOWN;
  }

  /** Reads bytes into an array that grows with the bytes that exist. */
  byte[] take(int length, String what) throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, Math.max(CHUNK, certain()))];
    int count = 0;
    while (count < length) {
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * count));
      }
      int read = read(bytes, count, bytes.length - count);
      if (read < 0) {
        throw wrong(length + " bytes of " + what, count + " bytes");
      }
      count += read;
    }
    return bytes;
  }

  void skip(long length, String what) throws IOException {
    byte[] scratch = new byte[(int) Math.min(length, CHUNK)];
    long left = length;
    while (left > 0) {
      int read = read(scratch, 0, (int) Math.min(left, CHUNK));
      if (read < 0) {
        throw wrong(length + " bytes of " + what, length - left + " bytes");
      }
      left -= read;
    }
  }

  /** Checks that a raw file has exactly that many bytes left; the length of gzip is unknown. */
  void requireLeft(long length, String what) throws IdxFormatException {
    long left = fileSize - position;
    if (!gzip && fileSize != UNKNOWN && left != length) {
      throw new IdxFormatException(
          file,
          left < length ? fileSize : position + length,
          length + " bytes of " + what,
          left + " bytes",
          DAMAGED);
    }
  }

  /** Checks that the content ends here. Reads one byte at most, whatever follows. */
  void requireEnd(String expected) throws IOException {
    if (read(new byte[1], 0, 1) > 0) {
      throw new IdxFormatException(file, position - 1, expected, "more", DAMAGED);
    }
  }

  private long certain() {
    return gzip || fileSize == UNKNOWN ? 0 : fileSize - position;
  }

  private int read(byte[] bytes, int from, int length) throws IOException {
    try {
      int read = in.read(bytes, from, length);
      position += Math.max(read, 0);
      return read;
    } catch (ZipException | EOFException e) {
      throw unsound(file, position, e);
    }
  }

  private IdxFormatException wrong(String expected, String found) {
    return new IdxFormatException(file, position, expected, found, DAMAGED);
  }

  private static IdxFormatException unsound(Path file, long position, IOException e) {
    String found = e instanceof EOFException ? "the end of the file" : e.toString();
    return new IdxFormatException(file, position, "valid gzip data", found, DAMAGED, e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
