package org.nn4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.memory.Memory;

/**
 * Products, sums and the C library's copies on addresses; matrices are row-major without gaps.
 *
 * <p>JavaCPP takes pointer objects. Each thread keeps some and moves them about, because a step
 * would otherwise leave dozens of them as garbage.
 */
public final class Native {
  /** The fastest that is there: oneDNN on the processors that it writes machine code for. */
  static final Blas BLAS = OneDnn.isAvailable() ? new OneDnn() : new OpenBlas();

  private static final ThreadLocal<Native> OF_THREAD = ThreadLocal.withInitial(Native::new);

  /** OpenBLAS shares an axpy among its threads beyond 10,000 numbers, which takes longer. */
  private static final int LONGEST_AXPY = 8192;

  private static final int FEWEST_ONES = 1024;

  private final Matrix first = new Matrix();
  private final Matrix second = new Matrix();
  private final Matrix result = new Matrix();
  private final Memory.Block from = new Memory.Block();
  private final Memory.Block to = new Memory.Block();
  private final Product product = new Product();
  private final SumOfRows sumOfRows = new SumOfRows();

  /** Shared by all threads; replaced by longer ones, never changed. */
  private static volatile @Nullable FloatPointer ones;

  private Native() {}

  public static Native ofThread() {
    return OF_THREAD.get();
  }

  /** {@code C ← A·B + b} with {@code A [m, k]}, {@code B [k, n]}, and {@code b [n]} in each row. */
  public void affine(int m, int n, int k, long a, long b, long bias, long c) {
    product.of(false, false, m, n, k, a, b, c);
    product.addTo(bias);
    product.compute();
  }

  /** {@code C ← Aᵀ·B}, or {@code C ← Aᵀ·B + C}, with {@code A [k, m]}, {@code B [k, n]}. */
  public void productOfTransposed(int m, int n, int k, long a, long b, boolean add, long c) {
    product.of(true, false, m, n, k, a, b, c);
    product.add(add);
    product.compute();
  }

  /** {@code C ← A·Bᵀ} with {@code A [m, k]}, {@code B [n, k]}. */
  public void productWithTransposed(int m, int n, int k, long a, long b, long c) {
    product.of(false, true, m, n, k, a, b, c);
    product.compute();
  }

  /** {@code y ← 1·A + y}, the sums of the columns of {@code A [m, n]}. */
  public void addSumOfRows(int m, int n, long a, long y) {
    sumOfRows.compute(m, n, a, y);
  }

  /**
   * {@code C ← A·B + β C} on this thread, with {@code A [m, k]}, {@code B [k, n]} and {@code C [m,
   * n]}, which may be parts of wider matrices.
   */
  void gemm(
      int m,
      int n,
      int k,
      long a,
      int strideA,
      boolean transA,
      long b,
      int strideB,
      boolean transB,
      float beta,
      long c,
      int strideC) {
    BLAS.gemm(
        m,
        n,
        k,
        first.at(a, strideA, transA),
        second.at(b, strideB, transB),
        beta,
        result.at(c, strideC, false));
  }

  /** {@code y ← y + Σ over the rows of A [m, n]}, on this thread: a product with ones. */
  @SuppressWarnings("ReachabilityFenceUsage") // stands in a finally block
  void addSumOfRows(int m, int n, long a, int strideA, long y) {
    FloatPointer row = ones(m);
    try {
      gemm(1, n, m, row.address(), m, false, a, strideA, false, 1, y, n);
    } finally {
      Reference.reachabilityFence(row);
    }
  }

  private static FloatPointer ones(int n) {
    FloatPointer known = ones;
    if (known != null && known.capacity() >= n) {
      return known;
    }
    float[] numbers =
        new float[Math.max(Math.max(FEWEST_ONES, n), Integer.highestOneBit(n - 1) * 2)];
    Arrays.fill(numbers, 1);
    FloatPointer made = new FloatPointer(numbers);
    ones = made;
    return made;
  }

  /** {@code y ← α x + y}. */
  public void axpy(long n, float alpha, long x, long y) {
    for (long at = 0; at < n; at += LONGEST_AXPY) {
      int length = (int) Math.min(LONGEST_AXPY, n - at);
      cblas_saxpy(length, alpha, from.at(x + at * Float.BYTES), 1, to.at(y + at * Float.BYTES), 1);
    }
  }

  /** Copies bytes. */
  public void copy(long source, long target, long bytes) {
    Pointer.memcpy(to.at(target), from.at(source), bytes);
  }

  /** Sets bytes to 0. */
  public void clear(long at, long bytes) {
    Pointer.memset(to.at(at), 0, bytes);
  }

  /** Makes rows of a matrix the same; where they have no gap, in copies that double in length. */
  void copyToEachRow(long row, long matrix, int rows, int length, int stride) {
    long bytes = (long) length * Float.BYTES;
    if (length < stride) {
      for (int i = 0; i < rows; i++) {
        copy(row, matrix + (long) i * stride * Float.BYTES, bytes);
      }
      return;
    }
    copy(row, matrix, bytes);
    for (long done = 1; done < rows; done *= 2) {
      copy(matrix, matrix + done * bytes, Math.min(done, rows - done) * bytes);
    }
  }
}
