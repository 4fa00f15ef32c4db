package org.nn4j.internal.onnx;

import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;

/** Conversion of constants, as the operator Cast computes it. */
final class Casting {
  private Casting() {}

  static boolean isFloatingPoint(TensorProto.@Nullable DataType type) {
    return type == TensorProto.DataType.FLOAT
        || type == TensorProto.DataType.DOUBLE
        || type == TensorProto.DataType.FLOAT16
        || type == TensorProto.DataType.BFLOAT16;
  }

  /**
   * Converts a number: to the nearest one of a floating-point type, toward 0 to an integer.
   *
   * @param to a type that {@link ReadTensor} reads
   * @throws IllegalArgumentException if the integer is out of range
   */
  static double cast(double x, TensorProto.DataType to) {
    return switch (to) {
      case DOUBLE -> x;
      case FLOAT -> (float) x;
      case FLOAT16 -> rounded((float) x, 10, -14, 65504);
      case BFLOAT16 -> rounded((float) x, 7, -126, 0x1.fep127);
      case BOOL -> x != 0 ? 1 : 0;
      case INT32 -> truncated(x, to, 0x1p31);
      default -> truncated(x, to, 0x1p63);
    };
  }

  /** Rounds to a number of bits after the first, ties to even; infinite above the largest. */
  private static double rounded(float x, int bits, int lowestExponent, double largest) {
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(x), lowestExponent) - bits);
    double nearest = Math.rint(x / unit) * unit;
    return Math.abs(nearest) > largest ? Math.copySign(Double.POSITIVE_INFINITY, x) : nearest;
  }

  private static double truncated(double x, TensorProto.DataType to, double limit) {
    double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
    if (whole >= -limit && whole < limit) {
      return whole + 0.0; // no integer is −0
    }
    throw new IllegalArgumentException("a Cast of " + x + " to " + to);
  }
}
