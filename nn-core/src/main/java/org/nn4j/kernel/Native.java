package org.nn4j.kernel;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Products, sums and the C library's copies on addresses; matrices are row-major without gaps.
 *
 * <p>JavaCPP takes pointer objects. Each thread keeps three of them and moves them about, because a
 * step would otherwise leave two dozen of them as garbage.
 */
final class Native {
  private static final ThreadLocal<Native> OF_THREAD = ThreadLocal.withInitial(Native::new);

  /** OpenBLAS shares an axpy among its threads beyond 10,000 numbers, which takes longer. */
  private static final int LONGEST_AXPY = 8192;

  /** Multiplications of a part of a product that is worth handing to another core. */
  private static final long PART = 400_000;

  /** Parts begin at multiples of it, so that the vectors of the kernels are full. */
  private static final int GRAIN = 16;

  private final Memory.Block first = new Memory.Block();
  private final Memory.Block second = new Memory.Block();
  private final Memory.Block result = new Memory.Block();
  private FloatPointer ones = new FloatPointer(0);

  private Native() {}

  static Native ofThread() {
    return OF_THREAD.get();
  }

  /** {@code C ← A·B + β C} with {@code A [m, k]}, {@code B [k, n]}. */
  static void product(int m, int n, int k, long a, long b, float beta, long c) {
    inParts(false, false, m, n, k, a, b, beta, c);
  }

  /** {@code C ← Aᵀ·B + β C} with {@code A [k, m]}, {@code B [k, n]}. */
  static void productOfTransposed(int m, int n, int k, long a, long b, float beta, long c) {
    inParts(true, false, m, n, k, a, b, beta, c);
  }

  /** {@code C ← A·Bᵀ + β C} with {@code A [m, k]}, {@code B [n, k]}. */
  static void productWithTransposed(int m, int n, int k, long a, long b, float beta, long c) {
    inParts(false, true, m, n, k, a, b, beta, c);
  }

  /**
   * A large product is cut along the longer side of C, and each part computed by one thread. Where
   * the cuts are depends on the sizes alone.
   */
  private static void inParts(
      boolean transA, boolean transB, int m, int n, int k, long a, long b, float beta, long c) {
    int longer = Math.max(m, n);
    long work = (long) m * n * k;
    int most = Math.min(Crew.SIZE, Math.max(1, longer / GRAIN));
    int parts = (int) Math.max(1, Math.min(most, work / PART));
    if (parts == 1 || Blas.BEST instanceof OpenBlas) {
      ofThread().gemm(transA, transB, m, n, k, a, b, beta, c, 0, longer);
      return;
    }
    int step = (longer + parts - 1) / parts;
    int length = (step + GRAIN - 1) / GRAIN * GRAIN;
    Crew.run(
        parts,
        part -> {
          int from = Math.min(longer, part * length);
          int to = Math.min(longer, from + length);
          if (from < to) {
            ofThread().gemm(transA, transB, m, n, k, a, b, beta, c, from, to);
          }
        });
  }

  /** Some rows of C, or some columns if it is wider than high. */
  private void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      long a,
      long b,
      float beta,
      long c,
      int from,
      int to) {
    int lda = transA ? m : k;
    int ldb = transB ? k : n;
    boolean ofRows = m >= n;
    long fromA = !ofRows ? 0 : transA ? from : (long) from * lda;
    long fromB = ofRows ? 0 : transB ? (long) from * ldb : from;
    long fromC = ofRows ? (long) from * n : from;
    Blas.BEST.gemm(
        transA,
        transB,
        ofRows ? to - from : m,
        ofRows ? n : to - from,
        k,
        first.at(a + fromA * Float.BYTES),
        lda,
        second.at(b + fromB * Float.BYTES),
        ldb,
        beta,
        result.at(c + fromC * Float.BYTES),
        n);
  }

  /** {@code y ← 1·A + y}, the sums of the columns of {@code A [m, n]}: a product with ones. */
  void addSumOfRows(int m, int n, long a, long y) {
    if (ones.capacity() < m) {
      ones = new FloatPointer(m);
      for (int i = 0; i < m; i++) {
        ones.put(i, 1);
      }
    }
    Blas.BEST.gemm(false, false, 1, n, m, ones, m, second.at(a), n, 1, result.at(y), n);
  }

  /** {@code y ← α x + y}. */
  void axpy(long n, float alpha, long x, long y) {
    for (long at = 0; at < n; at += LONGEST_AXPY) {
      int length = (int) Math.min(LONGEST_AXPY, n - at);
      cblas_saxpy(
          length, alpha, first.at(x + at * Float.BYTES), 1, result.at(y + at * Float.BYTES), 1);
    }
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
