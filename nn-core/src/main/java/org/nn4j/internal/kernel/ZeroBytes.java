package org.nn4j.internal.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Test of eight bytes at once, because most pixels of a drawing are 0. */
final class ZeroBytes {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private ZeroBytes() {}

  /** Returns whether eight pixels are 0. */
  static boolean areZero(byte[] pixels, int from) {
    return (long) EIGHT_BYTES.get(pixels, from) == 0;
  }
}
