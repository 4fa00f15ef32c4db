package org.nn4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

/**
 * Products by OpenBLAS, which ND4J includes for every platform. It computes large ones on its own
 * threads ({@link BlasThreads}).
 *
 * @param width bytes per element
 */
record OpenBlas(int width) implements Blas {
  @Override
  public boolean hasThreads() {
    return true;
  }

  @Override
  public void gemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    boolean ofVector = m == 1 && !a.transposed; // gemv is several times faster
    if (width == Float.BYTES) {
      if (ofVector) {
        sgemv(n, k, a, b, beta, c);
      } else {
        sgemm(m, n, k, a, b, beta, c);
      }
    } else if (ofVector) {
      dgemv(n, k, a, b, beta, c);
    } else {
      dgemm(m, n, k, a, b, beta, c);
    }
  }

  private static void sgemv(int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    cblas_sgemv(
        CblasRowMajor,
        op(!b.transposed),
        b.transposed ? n : k,
        b.transposed ? k : n,
        1,
        b.floats(),
        b.stride,
        a.floats(),
        1,
        beta,
        c.floats(),
        1);
  }

  private static void dgemv(int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    cblas_dgemv(
        CblasRowMajor,
        op(!b.transposed),
        b.transposed ? n : k,
        b.transposed ? k : n,
        1,
        b.doubles(),
        b.stride,
        a.doubles(),
        1,
        beta,
        c.doubles(),
        1);
  }

  private static void sgemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    cblas_sgemm(
        CblasRowMajor,
        op(a.transposed),
        op(b.transposed),
        m,
        n,
        k,
        1,
        a.floats(),
        a.stride,
        b.floats(),
        b.stride,
        beta,
        c.floats(),
        c.stride);
  }

  private static void dgemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    cblas_dgemm(
        CblasRowMajor,
        op(a.transposed),
        op(b.transposed),
        m,
        n,
        k,
        1,
        a.doubles(),
        a.stride,
        b.doubles(),
        b.stride,
        beta,
        c.doubles(),
        c.stride);
  }

  private static int op(boolean transposed) {
    return transposed ? CblasTrans : CblasNoTrans;
  }
}
