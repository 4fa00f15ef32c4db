package org.nn4j.internal.blas;

/**
 * Products of matrices of floats or doubles by a native library, on the calling thread alone where
 * it can be.
 */
interface Blas {
  /** Bytes of an element. */
  int width();

  /** Returns whether it shares large products among threads of its own. */
  boolean hasThreads();

  /**
   * {@code C ← A·B + β C}.
   *
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k the length of the sums
   * @param a {@code [m, k]}
   * @param b {@code [k, n]}
   * @param beta 0: C is written, whatever is in it; 1: added to
   * @param c {@code [m, n]}, not transposed
   */
  void gemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c);

  /**
   * {@code z ← x·W + b} for one sample, if x has enough zeros for it to be faster than {@link
   * #gemm}.
   *
   * @param in length of x
   * @param out length of b and z
   * @param x {@code [in]}
   * @param w {@code [in, out]}
   * @param b {@code [out]}
   * @param z receives {@code [out]}
   * @return whether it was computed
   */
  default boolean sparseAffine(int in, int out, long x, long w, long b, long z) {
    return false;
  }
}
