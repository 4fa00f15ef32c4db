package org.nn4j.kernel;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Products by oneDNN, which makes machine code for the processor at hand: small products take a
 * quarter to a half of the time that they take in OpenBLAS, large ones the same.
 *
 * <p>Left to itself it shares each product among OpenMP threads. It is told not to for the time of
 * a call: OpenMP keeps that number for each calling thread, so nobody else is affected. {@link
 * Crew} shares the products that are worth it.
 */
final class OneDnn implements Blas {
  /** Set to {@code openblas} before the first use of the library: no products by oneDNN. */
  static final String PROPERTY = "nn4j.blas";

  private final NativeOps openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();

  OneDnn() {}

  /** Where it makes machine code for products, and shares one OpenMP library with ND4J. */
  private static final String PLATFORM = "linux-x86_64";

  /** Whether the library is there and is made for this processor. */
  static boolean isAvailable() {
    boolean wanted = Memory.ON_CPU && !"openblas".equals(System.getProperty(PROPERTY));
    if (!wanted || !Loader.getPlatform().equals(PLATFORM)) {
      return false;
    }
    try {
      Loader.load(dnnl.class);
      return true;
    } catch (LinkageError | TypeNotPresentException left) { // an application may leave it out
      return false;
    }
  }

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
    int threads = openMp.ompGetMaxThreads();
    setThreads(threads, 1);
    int status;
    try {
      status = dnnl_sgemm(op(transA), op(transB), m, n, k, 1, a, lda, b, ldb, beta, c, ldc);
    } finally {
      setThreads(1, threads);
    }
    if (status != dnnl_success) {
      throw new IllegalStateException(
          "oneDNN: status " + status + " of a product of " + m + " x " + k + " x " + n);
    }
  }

  private void setThreads(int from, int to) {
    if (from != to) {
      openMp.setOmpNumThreads(to);
    }
  }

  private static byte op(boolean transposed) {
    return (byte) (transposed ? 'T' : 'N');
  }
}
