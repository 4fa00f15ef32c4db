package org.nn4j.internal.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/** Constant tensor of a file, with verified size. Elements are converted on use. */
public final class ReadTensor {
  private static final int HIGHEST_RANK = 8;
  private static final int MAX_INTEGERS = 16;
  private static final int MAX_CASTS = 8;

  private final TensorProto proto;

  /** The type in the file, and those that the elements are converted to, one after the other. */
  private final List<TensorProto.DataType> types;

  private final long[] shape;
  private final int size;
  private final boolean transposed;

  private ReadTensor(
      TensorProto proto,
      List<TensorProto.DataType> types,
      long[] shape,
      int size,
      boolean transposed) {
    this.proto = proto;
    this.types = types;
    this.shape = shape;
    this.size = size;
    this.transposed = transposed;
  }

  /**
   * Checks a tensor.
   *
   * @param proto the tensor
   * @return it, unconverted
   * @throws IllegalArgumentException if its type is not supported, or the data do not fit the
   *     shape; the message is what was found
   */
  public static ReadTensor of(TensorProto proto) {
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || proto.getExternalDataCount() > 0) {
      throw new IllegalArgumentException("data in another file (external data)");
    }
    if (proto.hasSegment() || proto.getDimsCount() > HIGHEST_RANK) {
      throw new IllegalArgumentException("a segment, or more than 8 dimensions");
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    int width = type == null ? 0 : width(type);
    if (width == 0) {
      throw new IllegalArgumentException("elements of type " + nameOf(proto.getDataType()));
    }
    long[] shape = proto.getDimsList().stream().mapToLong(d -> d).toArray();
    boolean isRaw = !proto.getRawData().isEmpty();
    long data = isRaw ? proto.getRawData().size() : (long) count(proto, type) * width;
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0 || (dimension > 0 && size > data / dimension)) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(shape) + " with data of " + data + " bytes");
      }
      size *= dimension;
    }
    if (size * width != data) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " with data of " + data + " bytes");
    }
    return new ReadTensor(proto, List.of(type), shape, Math.toIntExact(size), false);
  }

  static String nameOf(int type) {
    TensorProto.DataType known = TensorProto.DataType.forNumber(type);
    return known == null ? "number " + type : known.name();
  }

  /** The bytes of an element in raw data; 0 if the type is not supported. */
  private static int width(TensorProto.DataType type) {
    return switch (type) {
      case DOUBLE, INT64 -> 8;
      case FLOAT, INT32 -> 4;
      case FLOAT16, BFLOAT16 -> 2;
      case BOOL -> 1;
      default -> 0;
    };
  }

  private static int count(TensorProto proto, TensorProto.DataType type) {
    return switch (type) {
      case DOUBLE -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case FLOAT -> proto.getFloatDataCount();
      default -> proto.getInt32DataCount();
    };
  }

  /** {@return the shape; the caller must not change it} */
  public long[] shape() {
    return shape.clone();
  }

  int rank() {
    return shape.length;
  }

  int size() {
    return size;
  }

  private TensorProto.DataType type() {
    return types.get(types.size() - 1);
  }

  boolean isDouble() {
    return type() == TensorProto.DataType.DOUBLE;
  }

  boolean isFloatingPoint() {
    return Casting.isFloatingPoint(type());
  }

  /** Returns the elements as another type; null if that is not supported, or after many casts. */
  @Nullable ReadTensor cast(TensorProto.@Nullable DataType to) {
    if (to == type()) {
      return this;
    }
    if (to == null || width(to) == 0 || types.size() > MAX_CASTS) {
      return null;
    }
    List<TensorProto.DataType> longer = new ArrayList<>(types);
    longer.add(to);
    return new ReadTensor(proto, longer, shape, size, transposed);
  }

  /** Returns the transpose of a matrix. */
  ReadTensor transpose() {
    return new ReadTensor(proto, types, new long[] {shape[1], shape[0]}, size, !transposed);
  }

  /** Returns whether the elements are row-major, so that the shape can be changed. */
  boolean isRowMajor() {
    return !transposed;
  }

  /** Returns the elements in another shape of the same size. */
  ReadTensor reshape(long... newShape) {
    return new ReadTensor(proto, types, newShape, size, false);
  }

  /**
   * Returns the elements.
   *
   * @return the elements, row-major
   * @throws IllegalArgumentException if one is out of the range of an integer type that it is cast
   *     to
   */
  public double[] doubles() {
    double[] stored = new double[size];
    ByteBuffer raw =
        ByteBuffer.wrap(proto.getRawData().toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      stored[i] = raw.hasRemaining() ? raw(raw, i) : typed(i);
    }
    for (TensorProto.DataType to : types.subList(1, types.size())) {
      Arrays.setAll(stored, i -> Casting.cast(stored[i], to));
    }
    if (!transposed) {
      return stored;
    }
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    double[] turned = new double[size];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[i * columns + j] = stored[j * rows + i];
      }
    }
    return turned;
  }

  /** Returns the integers of a shape or of axes. */
  long[] longs() {
    if (size > MAX_INTEGERS) {
      throw new IllegalArgumentException("a shape of " + size + " dimensions");
    }
    return Arrays.stream(doubles()).mapToLong(ReadTensor::whole).toArray();
  }

  private static long whole(double number) {
    if (number != (long) number) {
      throw new IllegalArgumentException("a size of " + number);
    }
    return (long) number;
  }

  private double raw(ByteBuffer raw, int i) {
    return switch (types.get(0)) {
      case DOUBLE -> raw.getDouble(8 * i);
      case INT64 -> raw.getLong(8 * i);
      case FLOAT -> raw.getFloat(4 * i);
      case INT32 -> raw.getInt(4 * i);
      case FLOAT16 -> half(raw.getShort(2 * i));
      case BFLOAT16 -> Float.intBitsToFloat(raw.getShort(2 * i) << 16);
      default -> raw.get(i);
    };
  }

  private double typed(int i) {
    return switch (types.get(0)) {
      case DOUBLE -> proto.getDoubleData(i);
      case INT64 -> proto.getInt64Data(i);
      case FLOAT -> proto.getFloatData(i);
      case FLOAT16 -> half((short) proto.getInt32Data(i));
      case BFLOAT16 -> Float.intBitsToFloat(proto.getInt32Data(i) << 16);
      default -> proto.getInt32Data(i);
    };
  }

  /** Widens IEEE 754 half precision: 1 bit sign, 5 bits exponent, 10 bits fraction. */
  static double half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    double magnitude =
        exponent == 31
            ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
            : exponent == 0
                ? Math.scalb((double) fraction, -24)
                : Math.scalb((double) (fraction + 1024), exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }
}
