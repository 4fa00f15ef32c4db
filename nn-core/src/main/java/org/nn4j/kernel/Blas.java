package org.nn4j.kernel;

import org.bytedeco.javacpp.FloatPointer;

/** Products of float matrices by a native library, on the calling thread alone where it can be. */
interface Blas {
  /** The fastest that is there: oneDNN on the processors that it writes machine code for. */
  Blas BEST = OneDnn.isAvailable() ? new OneDnn() : new OpenBlas();

  /**
   * {@code C ← op(A)·op(B) + β C} with {@code op(A) [m, k]}, {@code op(B) [k, n]}, row-major.
   *
   * @param transA whether A is stored as {@code [k, m]}
   * @param transB whether B is stored as {@code [n, k]}
   * @param m rows of C
   * @param n columns of C
   * @param k the length of the sums
   * @param a where A lies
   * @param lda numbers from one row of A as stored to the next
   * @param b where B lies
   * @param ldb numbers from one row of B as stored to the next
   * @param beta 0: C is written, whatever is in it; 1: added to
   * @param c where C lies
   * @param ldc numbers from one row of C to the next
   */
  void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      float beta,
      FloatPointer c,
      int ldc);
}
