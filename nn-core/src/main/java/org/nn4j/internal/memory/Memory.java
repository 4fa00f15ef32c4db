package org.nn4j.internal.memory;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of arrays of floats and doubles on the CPU.
 *
 * <p>An address does not keep its array alive: its user must keep the array until after the last
 * access ({@link java.lang.ref.Reference#reachabilityFence}).
 */
public final class Memory {
  /**
   * Property that is set to {@code plain} before the first use of the library for ND4J operations
   * only.
   */
  public static final String PROPERTY = "nn4j.kernel";

  /** Whether arrays are in CPU memory. */
  public static final boolean ON_CPU = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;

  /** Whether primitives and formulas may work on memory. */
  public static final boolean IS_USED = ON_CPU && !"plain".equals(System.getProperty(PROPERTY));

  /** Bytes of a cache line, and of the longest vector registers. */
  public static final int LINE = 64;

  private static final long ENDLESS = 1L << 60;

  private Memory() {}

  /** Pointer that is moved from array to array; it owns no memory. */
  public static final class Block extends FloatPointer {
    /** A pointer to nothing. */
    public Block() {
      super((Pointer) null);
      limit = ENDLESS;
      capacity = ENDLESS;
    }

    /** Moves to an address. */
    public Block at(long newAddress) {
      address = newAddress;
      return this;
    }
  }

  /** The same for doubles. */
  public static final class DoubleBlock extends DoublePointer {
    /** A pointer to nothing. */
    public DoubleBlock() {
      super((Pointer) null);
      limit = ENDLESS;
      capacity = ENDLESS;
    }

    /** Moves to an address. */
    public DoubleBlock at(long newAddress) {
      address = newAddress;
      return this;
    }
  }

  /**
   * Returns whether primitives work on an array: floats or doubles in CPU memory, row-major,
   * without gaps.
   */
  public static boolean isPlainRow(INDArray x) {
    return IS_USED && isWorkedOn(x.dataType()) && Layout.hasNoGaps(x);
  }

  private static boolean isWorkedOn(DataType type) {
    return type == DataType.FLOAT || type == DataType.DOUBLE;
  }

  /** Returns the address of the first element of an array of floats or doubles. */
  public static long address(INDArray x) {
    int width = x.dataType() == DataType.FLOAT ? Float.BYTES : Double.BYTES;
    return x.data().address() + width * x.offset();
  }

  /** Returns the number of elements to skip in an array so that the rest begins at a cache line. */
  public static long toNextLine(INDArray x) {
    int width = x.dataType().width();
    long passed = (x.data().address() + width * x.offset()) % LINE;
    return passed == 0 ? 0 : (LINE - passed) / width;
  }

  /** Sets all elements of an array without gaps to zero, for any data type. */
  @SuppressWarnings("ReachabilityFenceUsage") // it is in a finally block
  public static void clear(INDArray x) {
    try {
      int width = x.dataType().width();
      long at = x.data().address() + width * x.offset();
      Pointer.memset(new Block().at(at), 0, x.length() * width);
    } finally {
      Reference.reachabilityFence(x);
    }
  }

  /** Copies the elements of an array of floats or doubles without gaps to another of its length. */
  @SuppressWarnings("ReachabilityFenceUsage") // it is in a finally block
  public static void copy(INDArray from, INDArray to) {
    try {
      long bytes = from.length() * from.dataType().width();
      Pointer.memcpy(new Block().at(address(to)), new Block().at(address(from)), bytes);
    } finally {
      Reference.reachabilityFence(from);
      Reference.reachabilityFence(to);
    }
  }
}
