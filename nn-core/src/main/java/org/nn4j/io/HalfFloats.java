package org.nn4j.io;

/** Floating-point numbers of 16 bits, each of which a float holds exactly. */
final class HalfFloats {
  private HalfFloats() {}

  /**
   * IEEE 754 binary16: 1 bit of sign s, 5 of exponent e, 10 of fraction f.
   *
   * <pre>
   * e = 0        (-1)^s f 2^-24
   * e = 1..30    (-1)^s (1024 + f) 2^(e - 25)
   * e = 31       infinite if f = 0, else NaN
   * </pre>
   */
  static float ofIeee(short bits) {
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

  /** The upper half of the bits of a float. */
  static float ofBrain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
