package org.nn4j.mnist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Header of an IDX file: element type and dimensions. {@link Idx} describes the format. */
final class IdxHeader {
  static final int TYPE_OFFSET = 2;
  static final int RANK_OFFSET = 3;
  static final int MAX_DIMENSIONS = 255;

  private static final String NOT_IDX =
      "pass an IDX file, raw or gzip; this is another kind of file";

  private final ElementType type;
  private final int[] shape;

  /** Creates a header without copying the array, which has 1 to 255 dimensions of 0 or more. */
  IdxHeader(ElementType type, int[] shape) {
    this.type = type;
    this.shape = shape;
  }

  /** Returns the position of a dimension; for the axis after the last one, that of the elements. */
  static int dimensionOffset(int axis) {
    return Integer.BYTES * (1 + axis);
  }

  /** Returns whether a shape is valid in a header: 1 to 255 dimensions of 0 or more. */
  static boolean isShape(int[] shape) {
    return shape.length >= 1
        && shape.length <= MAX_DIMENSIONS
        && Arrays.stream(shape).allMatch(dimension -> dimension >= 0);
  }

  /** Reads and checks a header. */
  static IdxHeader read(IdxInput in, Path file) throws IOException {
    byte[] magic = in.take(dimensionOffset(0), "magic");
    if (magic[0] != 0 || magic[1] != 0) {
      String found = hex(magic[0]) + ", " + hex(magic[1]);
      throw new IdxFormatException(file, 0, "0x00, 0x00", found, NOT_IDX);
    }
    if (magic[RANK_OFFSET] == 0) {
      throw new IdxFormatException(
          file, RANK_OFFSET, "a rank from 1 to " + MAX_DIMENSIONS, "0", NOT_IDX);
    }
    ElementType type =
        ElementType.ofCode(magic[TYPE_OFFSET])
            .orElseThrow(() -> unknownType(magic[TYPE_OFFSET], file));
    int rank = Byte.toUnsignedInt(magic[RANK_OFFSET]);
    return new IdxHeader(type, dimensions(in.take(Integer.BYTES * rank, "dimensions"), file));
  }

  private static IdxFormatException unknownType(byte code, Path file) {
    String known =
        Arrays.stream(ElementType.values())
            .map(type -> hex((byte) type.code()))
            .collect(Collectors.joining(", "));
    return new IdxFormatException(
        file, TYPE_OFFSET, "an element type, one of " + known, hex(code), NOT_IDX);
  }

  private static int[] dimensions(byte[] bytes, Path file) throws IdxFormatException {
    int[] shape = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).asIntBuffer().get(shape);
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0) {
        throw new IdxFormatException(
            file,
            dimensionOffset(axis),
            "a dimension from 0 to " + Integer.MAX_VALUE,
            Integer.toUnsignedString(shape[axis]),
            IdxInput.DAMAGED);
      }
    }
    return shape;
  }

  private static String hex(byte value) {
    return String.format(Locale.ROOT, "0x%02X", value);
  }

  /** Returns the header as bytes of a file. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(dimensionOffset(shape.length));
    bytes.putShort((short) 0).put((byte) type.code()).put((byte) shape.length);
    bytes.asIntBuffer().put(shape);
    return bytes.array();
  }

  ElementType type() {
    return type;
  }

  int[] shape() {
    return shape.clone();
  }

  /** Returns the number of items: the first dimension. */
  int items() {
    return shape[0];
  }

  /** Returns the shape of that many items. */
  int[] shapeOf(int items) {
    int[] some = shape.clone();
    some[0] = items;
    return some;
  }

  /** Returns the bytes of all elements, 2^63 - 1 at most. */
  long contentLength() {
    return bytesFrom(0);
  }

  /** Returns the bytes of one item: the elements of one index of the first dimension. */
  long itemLength() {
    return bytesFrom(1);
  }

  private long bytesFrom(int axis) {
    if (Arrays.stream(shape, axis, shape.length).anyMatch(dimension -> dimension == 0)) {
      return 0;
    }
    long product = type.width();
    for (int i = axis; i < shape.length; i++) {
      product = product > Long.MAX_VALUE / shape[i] ? Long.MAX_VALUE : product * shape[i];
    }
    return product;
  }

  boolean hasItemsOf(IdxHeader other) {
    return type == other.type && Arrays.equals(shapeOf(0), other.shapeOf(0));
  }

  @Override
  public String toString() {
    return type + " " + Arrays.toString(shape);
  }
}
