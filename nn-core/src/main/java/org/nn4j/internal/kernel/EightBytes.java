package org.nn4j.internal.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads of eight bytes as one long. Most pixels of a drawing are 0, so most longs are skipped. */
final class EightBytes {
  private static final VarHandle VIEW =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EightBytes() {}

  /** Returns eight bytes, the first in the lowest bits. */
  static long at(byte[] bytes, int from) {
    return (long) VIEW.get(bytes, from);
  }

  /** Returns one of eight bytes, from 0 to 255. */
  static int get(long eight, int i) {
    return (int) (eight >>> (i * Byte.SIZE)) & 0xff;
  }
}
