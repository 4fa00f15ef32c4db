package org.nn4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

/**
 * Products by OpenBLAS, which ND4J brings for every platform. It shares large ones among threads of
 * its own ({@link BlasThreads}).
 */
final class OpenBlas implements Blas {
  OpenBlas() {}

  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public void gemm(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
    if (m == 1 && !a.transposed) { // that of a vector has its own, several times faster, routine
      int rows = b.transposed ? n : k;
      int columns = b.transposed ? k : n;
      cblas_sgemv(
          CblasRowMajor,
          op(!b.transposed),
          rows,
          columns,
          1,
          b.pointer,
          b.stride,
          a.pointer,
          1,
          beta,
          c.pointer,
          1);
      return;
    }
    cblas_sgemm(
        CblasRowMajor,
        op(a.transposed),
        op(b.transposed),
        m,
        n,
        k,
        1,
        a.pointer,
        a.stride,
        b.pointer,
        b.stride,
        beta,
        c.pointer,
        c.stride);
  }

  private static int op(boolean transposed) {
    return transposed ? CblasTrans : CblasNoTrans;
  }
}
