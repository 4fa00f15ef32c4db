package org.nn4j.mnist;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one file once, and believes no number in it before there are bytes to show for it. */
final class IdxReader {
  static final int TYPE_OFFSET = 2;
  static final int RANK_OFFSET = 3;

  /** The longest array that every JVM can make. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
  private static final int CHUNK = 1 << 16;
  private static final long UNKNOWN = -1;
  private static final String DAMAGED = "the file is damaged or not complete: fetch it again";
  private static final String NOT_IDX = "give an IDX file, raw or gzip; this one is something else";

  private final Path file;

  /** Bytes read so far, after decompression. */
  private long position;

  IdxReader(Path file) {
    this.file = file;
  }

  /** Where a dimension stands, and for the axis after the last one: where the elements start. */
  static int dimensionOffset(int axis) {
    return Integer.BYTES * (1 + axis);
  }

  Idx read() throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
      if (!startsAsGzip(raw)) {
        return parse(raw, Files.size(file));
      }
      try (InputStream decompressed = new GZIPInputStream(raw, CHUNK)) {
        return parse(decompressed, UNKNOWN);
      } catch (ZipException | EOFException e) {
        String found = e instanceof EOFException ? "the end of the file" : e.toString();
        throw new IdxFormatException(file, position, "sound gzip data", found, DAMAGED, e);
      }
    }
  }

  private static boolean startsAsGzip(InputStream in) throws IOException {
    in.mark(GZIP_MAGIC.length);
    boolean gzip = Arrays.equals(in.readNBytes(GZIP_MAGIC.length), GZIP_MAGIC);
    in.reset();
    return gzip;
  }

  private Idx parse(InputStream in, long fileSize) throws IOException {
    byte[] magic = take(in, dimensionOffset(0), "magic", CHUNK);
    ElementType type = checkMagic(magic);
    int rank = Byte.toUnsignedInt(magic[RANK_OFFSET]);
    int[] shape = checkShape(take(in, Integer.BYTES * rank, "dimensions", CHUNK));
    int length = contentLength(type, shape);
    String elements = "elements, for " + type + " " + Arrays.toString(shape);
    if (fileSize != UNKNOWN && fileSize != position + length) {
      throw new IdxFormatException(
          file,
          Math.min(fileSize, position + length),
          length + " bytes of " + elements,
          fileSize - position + " bytes",
          DAMAGED);
    }
    byte[] content = take(in, length, elements, fileSize == UNKNOWN ? CHUNK : length);
    if (in.read() >= 0) {
      throw new IdxFormatException(
          file, position, "the end after " + length + " bytes of " + elements, "more", DAMAGED);
    }
    return new Idx(type, shape, content);
  }

  private ElementType checkMagic(byte[] magic) throws IdxFormatException {
    if (magic[0] != 0 || magic[1] != 0) {
      String found = hex(magic[0]) + ", " + hex(magic[1]);
      throw new IdxFormatException(file, 0, "0x00, 0x00", found, NOT_IDX);
    }
    if (magic[RANK_OFFSET] == 0) {
      throw new IdxFormatException(file, RANK_OFFSET, "a rank from 1 to 255", "0", NOT_IDX);
    }
    return ElementType.ofCode(magic[TYPE_OFFSET])
        .orElseThrow(() -> unknownType(magic[TYPE_OFFSET]));
  }

  private IdxFormatException unknownType(byte code) {
    String known =
        Arrays.stream(ElementType.values())
            .map(type -> hex((byte) type.code()))
            .collect(Collectors.joining(", "));
    return new IdxFormatException(
        file, TYPE_OFFSET, "an element type, one of " + known, hex(code), NOT_IDX);
  }

  private int[] checkShape(byte[] dimensions) throws IdxFormatException {
    int[] shape = new int[dimensions.length / Integer.BYTES];
    ByteBuffer.wrap(dimensions).asIntBuffer().get(shape);
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0) {
        throw new IdxFormatException(
            file,
            dimensionOffset(axis),
            "a dimension from 0 to " + Integer.MAX_VALUE,
            Integer.toUnsignedString(shape[axis]),
            DAMAGED);
      }
    }
    return shape;
  }

  private int contentLength(ElementType type, int[] shape) throws IdxFormatException {
    long length = type.width();
    for (int dimension : shape) {
      // Cut to 2^31 before each product with a number below 2^31, so that no product overflows;
      // not refused before the last dimension, which may be 0.
      length = Math.min(length, MOST_BYTES + 1L) * dimension;
    }
    if (length > MOST_BYTES) {
      throw new IdxFormatException(
          file,
          dimensionOffset(0),
          "dimensions of at most " + MOST_BYTES + " bytes of elements",
          type + " " + Arrays.toString(shape),
          "split the file, or fetch it again if it should be smaller");
    }
    return (int) length;
  }

  /** Takes bytes into memory that starts small, if so told, and grows with what is really there. */
  private byte[] take(InputStream in, int length, String what, int firstCapacity)
      throws IOException {
    byte[] bytes = new byte[Math.min(length, firstCapacity)];
    int count = 0;
    while (count < length) {
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * count));
      }
      int read = in.read(bytes, count, bytes.length - count);
      if (read < 0) {
        throw new IdxFormatException(
            file, position, length + " bytes of " + what, count + " bytes", DAMAGED);
      }
      count += read;
      position += read;
    }
    return bytes;
  }

  private static String hex(byte value) {
    return String.format("0x%02X", value);
  }
}
