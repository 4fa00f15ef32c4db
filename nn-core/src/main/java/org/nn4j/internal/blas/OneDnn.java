package org.nn4j.internal.blas;

import static org.bytedeco.dnnl.global.dnnl.dnnl_sgemm;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import java.util.concurrent.ArrayBlockingQueue;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nn4j.internal.memory.Memory;
import org.nn4j.internal.thread.WorkerPool;

/**
 * Products of floats by oneDNN, which generates machine code for the processor: small products take
 * a quarter to a half of OpenBLAS's time, large ones the same.
 *
 * <p>By default oneDNN shares each product among OpenMP threads. A call sets one thread, which
 * OpenMP stores per calling thread, so other threads are unaffected. {@link WorkerPool} divides
 * large products.
 */
final class OneDnn implements Blas {
  /**
   * System property; {@code openblas}, set before the first use of the library, disables oneDNN.
   */
  static final String PROPERTY = "nn4j.blas";

  /**
   * Elements of B up to which OpenBLAS computes a product of one row, on one thread. A call of
   * oneDNN takes longer than such a product.
   */
  private static final int SMALL_ROW = 1 << 13;

  private static final OpenBlas ROWS = new OpenBlas(Float.BYTES);

  /** Buffers for copies, one for each concurrent call. */
  private static final ArrayBlockingQueue<Gapped> IDLE = new ArrayBlockingQueue<>(WorkerPool.SIZE);

  private final NativeOps openMp = NativeOpsHolder.getInstance().getDeviceNativeOps();

  OneDnn() {}

  /** Platforms on which it generates machine code and uses ND4J's OpenMP library. */
  private static final String PLATFORM = "linux-x86_64";

  /** Returns whether the library is installed and supports this processor. */
  static boolean isAvailable() {
    boolean wanted = Memory.ON_CPU && !"openblas".equals(System.getProperty(PROPERTY));
    if (!wanted || !Loader.getPlatform().equals(PLATFORM)) {
      return false;
    }
    try {
      Loader.load(dnnl.class);
      return true;
    } catch (LinkageError | TypeNotPresentException left) { // an application may exclude it
      return false;
    }
  }

  @Override
  public int width() {
    return Float.BYTES;
  }

  @Override
  public boolean hasThreads() {
    return false;
  }

  @Override
  public void gemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    if (m == 1 && (long) n * k <= SMALL_ROW) {
      ROWS.gemm(m, n, k, a, b, beta, c);
    } else {
      product(m, n, k, a, b, beta, c);
    }
  }

  /** By oneDNN, so that a version of nn4j trains with the bits of the version before. */
  @Override
  public void addSumOfRows(int m, int n, Matrix ones, Matrix a, Matrix y) {
    product(1, n, m, ones, a, 1, y);
  }

  private void product(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    int threads = openMp.ompGetMaxThreads();
    setThreads(threads, 1);
    try {
      if (Gapped.isWorth(m, n, b)) {
        gapped(m, n, k, a, b, beta, c);
      } else {
        sgemm(m, n, k, a, b, beta, c);
      }
    } finally {
      setThreads(1, threads);
    }
  }

  @Override
  public boolean sparseAffine(int in, int out, long x, long w, long b, long z) {
    return SparseRow.affine(in, out, x, w, b, z);
  }

  private static void gapped(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    Gapped idle = IDLE.poll();
    Gapped mine = idle == null ? new Gapped() : idle;
    try {
      mine.product(m, n, k, a, b, beta, c);
    } finally {
      if (!IDLE.offer(mine)) {
        mine.room.close();
      }
    }
  }

  private static void sgemm(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
    int status =
        dnnl_sgemm(
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

  /**
   * Products with a B whose rows collide in the cache. If the distance of rows is a multiple of 2
   * KB, as in a layer of 512 or 1024 units, all rows fall into the same few lines of the L1 cache,
   * and the product takes twice as long. So B is copied with another distance, in blocks of rows
   * that fit the buffer.
   */
  private static final class Gapped {
    private static final int COLLIDING = 512;
    private static final int GAP = 16;

    /** Length in elements: one MB, which fits the L2 or L3 cache. */
    private static final int ROOM = 1 << 18;

    /** Minimum rows of A for which the copy pays off. */
    private static final int MIN_ROWS = 32;

    private static final int MAX_COLUMNS = ROOM / 64;

    private final FloatPointer room = new FloatPointer(ROOM);
    private final Memory.Block from = new Memory.Block();
    private final Memory.Block to = new Memory.Block();
    private final Matrix partOfA = new Matrix();
    private final Matrix copyOfB = new Matrix();

    static boolean isWorth(int m, int n, Matrix b) {
      return b.stride % COLLIDING == 0 && !b.transposed && m >= MIN_ROWS && n <= MAX_COLUMNS;
    }

    void product(int m, int n, int k, Matrix a, Matrix b, int beta, Matrix c) {
      int stride = (n + GAP) % COLLIDING == 0 ? n + 2 * GAP : n + GAP;
      int most = ROOM / stride;
      int parts = (k + most - 1) / most;
      int rows = (k + parts - 1) / parts;
      for (int first = 0; first < k; first += rows) {
        int length = Math.min(rows, k - first);
        copy(b, first, length, n, stride);
        long skipped = a.transposed ? (long) first * a.stride : first;
        partOfA.at(a.address + skipped * Float.BYTES, a.stride, a.transposed);
        copyOfB.at(room.address(), stride, false);
        sgemm(m, n, length, partOfA, copyOfB, first == 0 ? beta : 1, c);
      }
    }

    private void copy(Matrix b, int first, int rows, int n, int stride) {
      long source = b.address + (long) first * b.stride * Float.BYTES;
      for (int i = 0; i < rows; i++) {
        from.at(source + (long) i * b.stride * Float.BYTES);
        to.at(room.address() + (long) i * stride * Float.BYTES);
        Pointer.memcpy(to, from, (long) n * Float.BYTES);
      }
    }
  }
}
