package org.nn4j.internal.kernel;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.FloatRawIndexer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The numbers of float arrays in CPU memory, read and written where they lie.
 *
 * <p>An address does not keep its array alive: who uses one holds the array until after the last
 * access ({@link java.lang.ref.Reference#reachabilityFence}).
 */
final class Memory {
  static final boolean ON_CPU = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  private static final int WIDTH = Float.BYTES;

  /** Bytes of a line of the caches, and of the longest vector registers. */
  static final int LINE = 64;

  /** Where {@link #EVERYWHERE} begins; not 0, which would be no pointer at all. */
  private static final long ORIGIN = WIDTH;

  /**
   * One view of all memory as floats. A view for each array would cost an object for each access to
   * an array, which is more than the work on a small one.
   */
  private static final FloatRawIndexer EVERYWHERE = new FloatRawIndexer(new Block().at(ORIGIN));

  private Memory() {}

  /** A pointer that is moved from array to array; it owns no memory. */
  static final class Block extends FloatPointer {
    private static final long ENDLESS = 1L << 60;

    Block() {
      super((Pointer) null);
      limit = ENDLESS;
      capacity = ENDLESS;
    }

    Block at(long newAddress) {
      address = newAddress;
      return this;
    }
  }

  /** Whether an array is of floats in CPU memory, row-major, without gaps. */
  static boolean isPlainRow(INDArray x) {
    return ON_CPU
        && x.dataType() == DataType.FLOAT
        && x.elementWiseStride() == 1
        && (x.ordering() == 'c' || x.rank() == 1); // a view of a vector may call itself 'f'
  }

  /** Where the first number of an array lies. */
  static long address(INDArray x) {
    return x.data().address() + WIDTH * x.offset();
  }

  /**
   * How many numbers to pass over in an array, that what is left begins with a line of the caches.
   */
  static long toNextLine(INDArray x) {
    int width = x.dataType().width();
    long passed = (x.data().address() + width * x.offset()) % LINE;
    return passed == 0 ? 0 : (LINE - passed) / width;
  }

  /** Sets all numbers of an array without gaps to zero, of any data type. */
  @SuppressWarnings("ReachabilityFenceUsage") // stands in a finally block
  static void clear(INDArray x) {
    try {
      Native.ofThread()
          .clear(
              x.data().address() + x.dataType().width() * x.offset(),
              x.length() * x.dataType().width());
    } finally {
      Reference.reachabilityFence(x);
    }
  }

  static void put(long address, long index, float value) {
    EVERYWHERE.put((address - ORIGIN) / WIDTH + index, value);
  }
}
