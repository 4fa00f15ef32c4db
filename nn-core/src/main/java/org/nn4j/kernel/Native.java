package org.nn4j.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.Pointer;

/**
 * BLAS, and the C library's copies, on addresses; matrices are row-major without gaps.
 *
 * <p>JavaCPP takes pointer objects. Each thread keeps three of them and moves them about, because a
 * step would otherwise leave two dozen of them as garbage.
 */
final class Native {
  private static final ThreadLocal<Native> OF_THREAD = ThreadLocal.withInitial(Native::new);

  private final Memory.Block first = new Memory.Block();
  private final Memory.Block second = new Memory.Block();
  private final Memory.Block result = new Memory.Block();

  private Native() {}

  static Native ofThread() {
    return OF_THREAD.get();
  }

  /** {@code C ← A·B + β C} with {@code A [m, k]}, {@code B [k, n]}. */
  void product(int m, int n, int k, long a, long b, float beta, long c) {
    gemm(CblasNoTrans, CblasNoTrans, m, n, k, a, k, b, n, beta, c);
  }

  /** {@code C ← Aᵀ·B + β C} with {@code A [k, m]}, {@code B [k, n]}. */
  void productOfTransposed(int m, int n, int k, long a, long b, float beta, long c) {
    gemm(CblasTrans, CblasNoTrans, m, n, k, a, m, b, n, beta, c);
  }

  /** {@code C ← A·Bᵀ + β C} with {@code A [m, k]}, {@code B [n, k]}. */
  void productWithTransposed(int m, int n, int k, long a, long b, float beta, long c) {
    gemm(CblasNoTrans, CblasTrans, m, n, k, a, k, b, k, beta, c);
  }

  private void gemm(
      int transA,
      int transB,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c) {
    cblas_sgemm(
        CblasRowMajor,
        transA,
        transB,
        m,
        n,
        k,
        1,
        first.at(a),
        lda,
        second.at(b),
        ldb,
        beta,
        result.at(c),
        n);
  }

  /** {@code y ← x·A + y} with {@code x [k]}, {@code A [k, n]}. */
  void addRowProduct(int n, int k, long x, long a, long y) {
    cblas_sgemv(
        CblasRowMajor, CblasTrans, k, n, 1, second.at(a), n, first.at(x), 1, 1, result.at(y), 1);
  }

  /** {@code y ← α x + y}. */
  void axpy(int n, float alpha, long x, long y) {
    cblas_saxpy(n, alpha, first.at(x), 1, result.at(y), 1);
  }

  /** Copies bytes. */
  void copy(long from, long to, long bytes) {
    Pointer.memcpy(result.at(to), first.at(from), bytes);
  }

  /** Sets bytes to 0. */
  void clear(long at, long bytes) {
    Pointer.memset(result.at(at), 0, bytes);
  }

  /** Makes each row of a matrix the same, in copies that double in length. */
  void copyToEachRow(long row, long matrix, int rows, int length) {
    long bytes = (long) length * Float.BYTES;
    copy(row, matrix, bytes);
    for (long done = 1; done < rows; done *= 2) {
      copy(matrix, matrix + done * bytes, Math.min(done, rows - done) * bytes);
    }
  }
}
