package org.nn4j.mnist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nn4j.Require;

/**
 * Reads an array of unsigned bytes in NumPy's NPY format, versions 1 to 3, as {@code numpy.save}
 * writes it: magic, version, length of the header, header, elements with the last index fastest (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib
 * .format</a>). The header is a literal of Python; nothing in it is evaluated.
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy itself reads no longer header, unless it is told to trust the file. */
  private static final int MOST_HEADER = 10_000;

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr'\\s*:\\s*'([^']{1,20})'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)"
              + "\\s*,\\s*'shape'\\s*:\\s*\\(([0-9, ]{1,200})\\)\\s*,?\\s*\\}\\s*");

  private static final Pattern DIMENSION = Pattern.compile("[0-9]{1,9}");

  private final InputStream in;
  private final String name;
  private final long mostBytes;

  Npy(InputStream in, String name, long mostBytes) {
    this.in = in;
    this.name = name;
    this.mostBytes = mostBytes;
  }

  /** Reads the array, which must have that many dimensions. */
  Idx readUnsignedBytes(int rank) throws IOException {
    Matcher header = HEADER.matcher(header());
    require(header.matches(), "a header of descr, fortran_order and shape", "another");
    require(
        header.group(1).equals("|u1"), "elements of type |u1 (unsigned bytes)", header.group(1));
    require(header.group(2).equals("False"), "rows in C order", "Fortran order");
    int[] shape = shape(header.group(3));
    require(shape.length == rank, rank + " dimensions", Arrays.toString(shape));
    long length = new IdxHeader(ElementType.UBYTE, shape).contentLength();
    require(
        length <= Math.min(mostBytes, IdxReader.MOST_BYTES),
        "at most " + Math.min(mostBytes, IdxReader.MOST_BYTES) + " elements in a file of its size",
        Arrays.toString(shape));
    byte[] content = take((int) length);
    require(in.read() < 0, "the end after " + length + " elements", "more");
    return new Idx(ElementType.UBYTE, shape, content);
  }

  private String header() throws IOException {
    byte[] start = take(MAGIC.length + 2);
    require(
        Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC),
        "the first bytes of an NPY array",
        "others");
    int version = start[MAGIC.length];
    require(version >= 1 && version <= 3, "version 1, 2 or 3", version);
    boolean wide = version > 1;
    ByteBuffer field = ByteBuffer.wrap(take(wide ? Integer.BYTES : Short.BYTES));
    field.order(ByteOrder.LITTLE_ENDIAN);
    int length = wide ? field.getInt() : Short.toUnsignedInt(field.getShort());
    require(
        length >= 0 && length <= MOST_HEADER,
        "a header of at most " + MOST_HEADER + " bytes",
        Integer.toUnsignedString(length));
    return new String(take(length), StandardCharsets.UTF_8);
  }

  private int[] shape(String tuple) throws IOException {
    String[] dimensions = tuple.strip().split("\\s*,\\s*");
    require(
        Stream.of(dimensions).allMatch(text -> DIMENSION.matcher(text).matches()),
        "a shape of numbers below 10^9",
        "(" + tuple + ")");
    return Stream.of(dimensions).mapToInt(Integer::parseInt).toArray();
  }

  /** Memory grows with the bytes that come: {@link InputStream#readNBytes(int)} sees to it. */
  private byte[] take(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    require(bytes.length == length, length + " bytes", bytes.length);
    return bytes;
  }

  private void require(boolean holds, String expected, Object found) throws IOException {
    if (!holds) {
      throw new IOException(
          Require.message(
              "NPZ file " + name,
              expected,
              found.toString(),
              "fetch the file again, or give the four IDX files"));
    }
  }
}
