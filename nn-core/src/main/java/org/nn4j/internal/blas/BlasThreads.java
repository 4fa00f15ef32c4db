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
 * One OpenBLAS thread while the products are small. A second one gains nothing there, and on a busy
 * machine each product waits for it.
 *
 * <p>The number is that of the whole process, so it is set for a training run and restored at its
 * end. Where several run at once, the first to begin sets it and the last to end restores it.
 * Thread-safe.
 *
 * <p>The number is set by a direct call of OpenBLAS's own function. The method of JavaCPP's preset
 * looks the library up at each call, which takes milliseconds, and allocates a function pointer:
 * near the memory limit, the error in the middle of that allocation corrupts native memory.
 */
public final class BlasThreads {
  /** Multiplications up to which a product is as fast with one thread as with two. */
  private static final long SMALL = 4_000_000;

  private static final String SETTER = "openblas_set_num_threads";

  /** Longs: several times the room that JavaCPP's structure of a function pointer takes. */
  private static final int ROOM = 16;

  private static final Scope UNCHANGED = () -> {};

  private static @Nullable SetNumThreads setter;
  private static int open;
  private static int before;

  private BlasThreads() {}

  /** The time for which the number is set. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    /** Restores the number; to be called once. Allocates nothing. */
    @Override
    void close();
  }

  /**
   * Sets one thread, if all products are small and OpenBLAS computes them.
   *
   * @param type the data type of the products
   * @param multiplications those of the largest product
   * @return the scope, to be closed
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

  /** Null where the products are another library's, such as MKL's. */
  private static @Nullable SetNumThreads setter() {
    if (setter == null) {
      Loader.load(openblas_nolapack.class);
      Pointer function = Loader.addressof(SETTER);
      if (function == null) {
        return null;
      }
      // The structure is written into memory of ours: unlike that of JavaCPP's own constructor, its
      // allocation can fail without harm.
      Pointer memory = new LongPointer(ROOM).zero();
      SetNumThreads made = new SetNumThreads(memory); // keeps the memory
      made.put(function);
      setter = made;
    }
    return setter;
  }
}
