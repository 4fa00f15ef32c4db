package org.nn4j.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

import java.util.function.DoubleSupplier;

/**
 * One BLAS thread while the products are small. A second one gains nothing there, and on a busy
 * machine each product waits for it.
 *
 * <p>The number is the whole process's, and setting it costs more than a small product: so it is
 * set for an epoch, not for a product, and put back at its end. Where several threads train at
 * once, only those that found more than one put it back, to what they found: whatever the order, it
 * ends as it began.
 */
public final class BlasThreads {
  /** Multiplications up to which a product is as fast with one thread as with two. */
  private static final long SMALL = 4_000_000;

  private static final int UNCHANGED = 0;

  private BlasThreads() {}

  /**
   * Whether a product leaves the other cores free.
   *
   * @param multiplications those of a product
   * @return whether one thread computes it
   */
  public static boolean isSmall(long multiplications) {
    return multiplications <= SMALL;
  }

  /**
   * Runs something, with one BLAS thread if all its products are small.
   *
   * @param multiplications those of its largest product
   * @param work what to run
   * @return what it gives
   */
  public static double during(long multiplications, DoubleSupplier work) {
    int before = Memory.ON_CPU && isSmall(multiplications) ? blas_get_num_threads() : UNCHANGED;
    if (before > 1) {
      blas_set_num_threads(1);
    }
    try {
      return work.getAsDouble();
    } finally {
      if (before > 1) {
        blas_set_num_threads(before);
      }
    }
  }
}
