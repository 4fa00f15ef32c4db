package org.nn4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.internal.memory.Memory;

/**
 * Scope in which OpenBLAS uses one thread, for small products. A second thread is no faster there,
 * and on a busy machine each product waits for it.
 *
 * <p>The number applies to the whole process, so a training run sets it and restores it at its end.
 * Of several concurrent runs the first sets it and the last restores it. Thread-safe.
 *
 * <p>The number is set by a direct call of OpenBLAS's function. JavaCPP's method looks up the
 * library at each call, which takes milliseconds, and allocates a function pointer: near the memory
 * limit, a failure of that allocation corrupts native memory.
 */
public final class BlasThreads {
  /** Largest number of multiplications for which one thread is as fast as two. */
  private static final long SMALL = 4_000_000;

  private static final String SETTER = "openblas_set_num_threads";

  /** Size in longs: several times that of JavaCPP's structure of a function pointer. */
  private static final int ROOM = 16;

  private static final Scope UNCHANGED = () -> {};

  private static @Nullable SetNumThreads setter;
  private static int open;
  private static int before;

  private BlasThreads() {}

  /** Scope in which the number is set. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    /** Restores the number. Call it once. Allocates nothing. */
    @Override
    void close();
  }

  /**
   * Sets one thread if all products are small and OpenBLAS computes them.
   *
   * @param type the data type of the products
   * @param multiplications the number of multiplications of the largest product
   * @return the scope; close it
   */
  public static Scope forProducts(DataType type, long multiplications) {
    boolean byOneDnn = type == DataType.FLOAT && Memory.IS_USED && !Native.OF_FLOATS.hasThreads();
    return Memory.ON_CPU && multiplications <= SMALL && !byOneDnn ? oneThread() : UNCHANGED;
  }

  private static synchronized Scope oneThread() {
    if (open == 0) {
      int found = blas_get_num_threads();
      if (found <= 1) {
        return UNCHANGED;
      }
      SetNumThreads function = setter();
      if (function == null) {
        return UNCHANGED;
      }
      before = found;
      function.call(1);
    }
    open++;
    return BlasThreads::restore;
  }

  private static synchronized void restore() {
    open--;
    SetNumThreads function = setter;
    if (open == 0 && function != null) {
      function.call(before);
    }
  }

  /** Null if another library computes the products, such as MKL. */
  private static @Nullable SetNumThreads setter() {
    if (setter == null) {
      Loader.load(openblas_nolapack.class);
      Pointer function = Loader.addressof(SETTER);
      if (function == null) {
        return null;
      }
      // Unlike the allocation in JavaCPP's constructor, this one can fail without harm.
      Pointer memory = new LongPointer(ROOM).zero();
      SetNumThreads made = new SetNumThreads(memory); // keeps the memory
      made.put(function);
      setter = made;
    }
    return setter;
  }
}
