package org.nn4j.mnist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files, sound and broken ones. */
public final class IdxFiles {
  private IdxFiles() {}

  /** A header, true or not. */
  public static byte[] header(int typeCode, int... shape) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
    header.put((byte) 0).put((byte) 0).put((byte) typeCode).put((byte) shape.length);
    header.asIntBuffer().put(shape);
    return header.array();
  }

  public static byte[] ubytes(int[] shape, int... elements) {
    byte[] bytes = new byte[elements.length];
    for (int i = 0; i < elements.length; i++) {
      bytes[i] = (byte) elements[i];
    }
    return join(header(0x08, shape), bytes);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  public static Path write(Path file, byte[] content) {
    try {
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
