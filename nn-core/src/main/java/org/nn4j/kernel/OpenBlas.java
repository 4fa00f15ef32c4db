package org.nn4j.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Products by OpenBLAS, which ND4J brings for every platform. It shares large ones among threads of
 * its own ({@link BlasThreads}).
 */
final class OpenBlas implements Blas {
  OpenBlas() {}

  @Override
  public void gemm(
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
      int ldc) {
    if (m == 1 && !transA) { // a product of a vector has its own, several times faster, routine
      int opB = transB ? CblasNoTrans : CblasTrans;
      int rows = transB ? n : k;
      int columns = transB ? k : n;
      cblas_sgemv(CblasRowMajor, opB, rows, columns, 1, b, ldb, a, 1, beta, c, 1);
      return;
    }
    cblas_sgemm(
        CblasRowMajor,
        transA ? CblasTrans : CblasNoTrans,
        transB ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        lda,
        b,
        ldb,
        beta,
        c,
        ldc);
  }
}
