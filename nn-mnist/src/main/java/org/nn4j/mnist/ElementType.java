package org.nn4j.mnist;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Type of the elements of an IDX file, which its third byte encodes. Thread-safe. */
public enum ElementType {
  /** Bytes from 0 to 255. */
  UBYTE(0x08, Byte.BYTES),
  /** Bytes from -128 to 127. */
  BYTE(0x09, Byte.BYTES),
  /** Signed integers of two bytes. */
  SHORT(0x0B, Short.BYTES),
  /** Signed integers of four bytes. */
  INT(0x0C, Integer.BYTES),
  /** Floating-point numbers of four bytes. */
  FLOAT(0x0D, Float.BYTES),
  /** Floating-point numbers of eight bytes. */
  DOUBLE(0x0E, Double.BYTES);

  private final int code;
  private final int width;

  ElementType(int code, int width) {
    this.code = code;
    this.width = width;
  }

  static Optional<ElementType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /**
   * Returns the third byte of a file of this type.
   *
   * @return from 0x08 to 0x0E
   */
  public int code() {
    return code;
  }

  /**
   * Returns the number of bytes of one element.
   *
   * @return 1, 2, 4 or 8
   */
  public int width() {
    return width;
  }

  /**
   * Returns whether the elements are integers.
   *
   * @return true for all but {@link #FLOAT} and {@link #DOUBLE}
   */
  public boolean isInteger() {
    return this != FLOAT && this != DOUBLE;
  }

  /**
   * Returns whether a number can be an element: any number for {@link #FLOAT} and {@link #DOUBLE},
   * else an integer in range.
   */
  boolean holds(double value) {
    return switch (this) {
      case UBYTE -> inRange(value, 0, 0xff);
      case BYTE -> inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SHORT -> inRange(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case FLOAT, DOUBLE -> true;
    };
  }

  private static boolean inRange(double value, int least, int most) {
    return value == Math.rint(value) && value >= least && value <= most;
  }

  /** Appends an element to a big-endian buffer. */
  void put(ByteBuffer elements, double value) {
    switch (this) {
      case UBYTE, BYTE -> elements.put((byte) value);
      case SHORT -> elements.putShort((short) value);
      case INT -> elements.putInt((int) value);
      case FLOAT -> elements.putFloat((float) value);
      case DOUBLE -> elements.putDouble(value);
    }
  }

  /** Returns the next element of a big-endian buffer; a double holds every value of every type. */
  double next(ByteBuffer elements) {
    return switch (this) {
      case UBYTE -> Byte.toUnsignedInt(elements.get());
      case BYTE -> elements.get();
      case SHORT -> elements.getShort();
      case INT -> elements.getInt();
      case FLOAT -> elements.getFloat();
      case DOUBLE -> elements.getDouble();
    };
  }
}
