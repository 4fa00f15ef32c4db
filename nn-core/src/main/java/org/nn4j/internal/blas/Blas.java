package org.nn4j.internal.blas;

/** Matrix products of a native library, single-threaded where the library allows it. */
interface Blas {
  /** Bytes per element. */
  int width();

  /** Returns whether the library computes large products on its own threads. */
  boolean hasThreads();

  /**
   * {@code C ← A·B + β C}.
   *
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k the length of the sums
   * @param a {@code [m, k]}
   * @param b {@code [k, n]}
   * @param beta 0: C is overwritten; 1: the product is added to C
   * @param c {@code [m, n]}, not transposed
   */
  void gemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c);

  /**
   * {@code y ← 1·A + y}, for gradients of biases.
   *
   * @param m rows of A
   * @param n columns of A
   * @param ones {@code [1, m]}
   * @param a {@code [m, n]}
   * @param y {@code [1, n]}
   */
  default void addSumOfRows(int m, int n, Matrix ones, Matrix a, Matrix y) {
    gemm(1, n, m, ones, a, 1, y);
  }

  /**
   * {@code z ← x·W + b} for one sample, if x has so many zeros that this is faster than {@link
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
