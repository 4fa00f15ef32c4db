package org.nn4j.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.memory.NewArrays;

/**
 * Element types of tensors in files, by their name in a safetensors header. Each is read as a data
 * type that represents all its values exactly; types that can be written are read as the same data
 * type. Thread-safe.
 */
public enum ElementType {
  F64(DataType.DOUBLE, Double.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      double[] numbers = new double[count];
      bytes.asDoubleBuffer().get(numbers);
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      bytes.asDoubleBuffer().put(piece.toDoubleVector());
    }
  },
  F32(DataType.FLOAT, Float.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      float[] numbers = new float[count];
      bytes.asFloatBuffer().get(numbers);
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      bytes.asFloatBuffer().put(piece.toFloatVector());
    }
  },
  F16(DataType.FLOAT, Short.BYTES, false) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = ofHalf(bytes.getShort());
      }
      return NewArrays.of(numbers);
    }
  },
  BF16(DataType.FLOAT, Short.BYTES, false) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      float[] numbers = new float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = ofBrain(bytes.getShort());
      }
      return NewArrays.of(numbers);
    }
  },
  I64(DataType.INT64, Long.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      long[] numbers = new long[count];
      bytes.asLongBuffer().get(numbers);
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      bytes.asLongBuffer().put(piece.toLongVector());
    }
  },
  I32(DataType.INT32, Integer.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      int[] numbers = new int[count];
      bytes.asIntBuffer().get(numbers);
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      bytes.asIntBuffer().put(piece.toIntVector());
    }
  },
  I16(DataType.INT16, Short.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      short[] numbers = new short[count];
      bytes.asShortBuffer().get(numbers);
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      for (int number : piece.toIntVector()) {
        bytes.putShort((short) number);
      }
    }
  },
  I8(DataType.INT8, Byte.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      byte[] numbers = new byte[count];
      bytes.get(numbers);
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      for (int number : piece.toIntVector()) {
        bytes.put((byte) number);
      }
    }
  },
  U64(DataType.INT64, Long.BYTES, false) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      long[] numbers = new long[count];
      bytes.asLongBuffer().get(numbers);
      if (Arrays.stream(numbers).anyMatch(number -> number < 0)) {
        throw new ArithmeticException("2^63 or more");
      }
      return NewArrays.of(numbers);
    }
  },
  U32(DataType.INT64, Integer.BYTES, false) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      long[] numbers = new long[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = Integer.toUnsignedLong(bytes.getInt());
      }
      return NewArrays.of(numbers);
    }
  },
  U16(DataType.INT32, Short.BYTES, false) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      int[] numbers = new int[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = Short.toUnsignedInt(bytes.getShort());
      }
      return NewArrays.of(numbers);
    }
  },
  U8(DataType.UINT8, Byte.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      int[] numbers = new int[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = Byte.toUnsignedInt(bytes.get());
      }
      return NewArrays.of(numbers);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      for (int number : piece.toIntVector()) {
        bytes.put((byte) number);
      }
    }
  },
  BOOL(DataType.BOOL, Byte.BYTES, true) {
    @Override
    public INDArray read(ByteBuffer bytes, int count) {
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = bytes.get() != 0;
      }
      return NewArrays.of(values);
    }

    @Override
    public void write(INDArray piece, ByteBuffer bytes) {
      for (int value : piece.toIntVector()) {
        bytes.put((byte) value);
      }
    }
  };

  private final DataType type;
  private final int width;
  private final boolean isWritten;

  ElementType(DataType type, int width, boolean isWritten) {
    this.type = type;
    this.width = width;
    this.isWritten = isWritten;
  }

  /**
   * Returns the data type of the arrays.
   *
   * @return the data type
   */
  public DataType type() {
    return type;
  }

  /**
   * Returns the bytes of an element in a file.
   *
   * @return 1, 2, 4 or 8
   */
  public int width() {
    return width;
  }

  /**
   * Reads the next elements of a file.
   *
   * @param bytes the bytes, in the order of the file
   * @param count the number of elements
   * @return a new vector of the data type, or of one that can be assigned to it
   * @throws ArithmeticException if an element does not fit the data type
   */
  public abstract INDArray read(ByteBuffer bytes, int count);

  /**
   * Writes a vector, for types that can be written.
   *
   * @param piece the vector
   * @param bytes where to write
   */
  public void write(INDArray piece, ByteBuffer bytes) {
    throw new UnsupportedOperationException(this + " is not written");
  }

  /**
   * Returns the type of a name.
   *
   * @param name such as {@code "F32"}
   * @return the type, or empty if it cannot be read
   */
  public static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(element -> element.name().equals(name)).findFirst();
  }

  /**
   * Returns the type in which arrays of a data type are written.
   *
   * @param type the data type
   * @return the type, or empty if such arrays are not written
   */
  public static Optional<ElementType> of(DataType type) {
    return Arrays.stream(values())
        .filter(element -> element.isWritten && element.type == type)
        .findFirst();
  }

  /**
   * Returns the value of an IEEE 754 binary16: 1 bit of sign s, 5 of exponent e, 10 of fraction f.
   *
   * <pre>
   * e = 0        (-1)^s f 2^-24
   * e = 1..30    (-1)^s (1024 + f) 2^(e - 25)
   * e = 31       infinite if f = 0, else NaN
   * </pre>
   */
  private static float ofHalf(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
    }
    float magnitude =
        exponent == 0 ? fraction * 0x1p-24f : Math.scalb(1024f + fraction, exponent - 25);
    return sign == 0 ? magnitude : -magnitude;
  }

  /** Returns the float with these bits as its upper half. */
  private static float ofBrain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
