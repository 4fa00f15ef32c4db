package org.nn4j.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dasum;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_ddot;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sasum;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sdot;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nn4j.internal.memory.Memory;
import org.nn4j.internal.thread.WorkerPool;

/**
 * Products, sums and copies on addresses. Matrices are row-major without gaps.
 *
 * <p>JavaCPP needs pointer objects. Each thread reuses its own, because a step would otherwise
 * leave dozens of them as garbage.
 */
public final class Native {
  /**
   * The fastest library for floats: oneDNN on the processors that it generates machine code for.
   */
  static final Blas OF_FLOATS = OneDnn.isAvailable() ? new OneDnn() : new OpenBlas(Float.BYTES);

  /** oneDNN has no products of doubles. */
  static final Blas OF_DOUBLES = new OpenBlas(Double.BYTES);

  private static final ThreadLocal<Native> FLOATS =
      ThreadLocal.withInitial(() -> new Native(OF_FLOATS));
  private static final ThreadLocal<Native> DOUBLES =
      ThreadLocal.withInitial(() -> new Native(OF_DOUBLES));

  /** Longest axpy: beyond 10,000 elements OpenBLAS uses several threads, which takes longer. */
  private static final int LONGEST_AXPY = 8192;

  /** Terms that BLAS adds in the element type: a sum of floats is exact to some 1e-8. */
  private static final int MAX_ADDED = 1024;

  private static final int MIN_ONES = 1024;

  private final Blas blas;
  private final int width;
  private final Matrix first = new Matrix();
  private final Matrix second = new Matrix();
  private final Matrix result = new Matrix();
  private final Memory.Block from = new Memory.Block();
  private final Memory.Block to = new Memory.Block();
  private final Product product;
  private final SumOfRows sumOfRows;
  private @Nullable Pointer ones;

  private Native(Blas blas) {
    this.blas = blas;
    this.width = blas.width();
    this.product = new Product(blas);
    this.sumOfRows = new SumOfRows(blas);
  }

  /** Returns the library of each data type and its threads. */
  public static String description() {
    return "FLOAT by "
        + OF_FLOATS.getClass().getSimpleName()
        + ", DOUBLE by "
        + OF_DOUBLES.getClass().getSimpleName()
        + (Memory.IS_USED ? "" : " (not used: " + Memory.PROPERTY + " is plain)")
        + ", OpenBLAS threads "
        + blas_get_num_threads()
        + ", threads of nn4j "
        + WorkerPool.SIZE;
  }

  /** Returns the object of the calling thread. */
  public static Native ofThread(int width) {
    return (width == Float.BYTES ? FLOATS : DOUBLES).get();
  }

  /** {@code C ← A·B + b} with {@code A [m, k]}, {@code B [k, n]}, and {@code b [n]} in each row. */
  public void affine(int m, int n, int k, long a, long b, long bias, long c) {
    if (m == 1 && blas.sparseAffine(k, n, a, b, bias, c)) {
      return;
    }
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
   * n]}, each of which may be part of a wider matrix.
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
      int beta,
      long c,
      int strideC) {
    blas.gemm(
        m,
        n,
        k,
        first.at(a, strideA, transA),
        second.at(b, strideB, transB),
        beta,
        result.at(c, strideC, false));
  }

  /** {@code y ← y + Σ over the rows of A [m, n]}, on this thread: a product with ones. */
  @SuppressWarnings("ReachabilityFenceUsage") // it is in a finally block
  void addSumOfRows(int m, int n, long a, int strideA, long y) {
    Pointer row = ones(m);
    try {
      blas.addSumOfRows(
          m,
          n,
          first.at(row.address(), m, false),
          second.at(a, strideA, false),
          result.at(y, n, false));
    } finally {
      Reference.reachabilityFence(row);
    }
  }

  private Pointer ones(int n) {
    Pointer known = ones;
    if (known != null && known.capacity() >= n) {
      return known;
    }
    int length = Math.max(Math.max(MIN_ONES, n), Integer.highestOneBit(n - 1) * 2);
    Pointer made = width == Float.BYTES ? floatOnes(length) : doubleOnes(length);
    ones = made;
    return made;
  }

  private static Pointer floatOnes(int length) {
    float[] numbers = new float[length];
    Arrays.fill(numbers, 1);
    return new FloatPointer(numbers);
  }

  private static Pointer doubleOnes(int length) {
    double[] numbers = new double[length];
    Arrays.fill(numbers, 1);
    return new DoublePointer(numbers);
  }

  /** {@code y ← α x + y}. */
  public void axpy(long n, double alpha, long x, long y) {
    for (long at = 0; at < n; at += LONGEST_AXPY) {
      int length = (int) Math.min(LONGEST_AXPY, n - at);
      first.at(x + at * width, 1, false);
      result.at(y + at * width, 1, false);
      if (width == Float.BYTES) {
        cblas_saxpy(length, (float) alpha, first.floats(), 1, result.floats(), 1);
      } else {
        cblas_daxpy(length, alpha, first.doubles(), 1, result.doubles(), 1);
      }
    }
  }

  /** Returns {@code Σ |x|}, the sums of a thousand elements added in double precision. */
  public double sumOfAbs(long n, long x) {
    double sum = 0;
    for (long at = 0; at < n; at += MAX_ADDED) {
      int length = (int) Math.min(MAX_ADDED, n - at);
      first.at(x + at * width, 1, false);
      sum +=
          width == Float.BYTES
              ? cblas_sasum(length, first.floats(), 1)
              : cblas_dasum(length, first.doubles(), 1);
    }
    return sum;
  }

  /** Returns {@code Σ x²}, as {@link #sumOfAbs}. */
  public double sumOfSquares(long n, long x) {
    double sum = 0;
    for (long at = 0; at < n; at += MAX_ADDED) {
      int length = (int) Math.min(MAX_ADDED, n - at);
      first.at(x + at * width, 1, false);
      sum +=
          width == Float.BYTES
              ? cblas_sdot(length, first.floats(), 1, first.floats(), 1)
              : cblas_ddot(length, first.doubles(), 1, first.doubles(), 1);
    }
    return sum;
  }

  /** Copies bytes. */
  public void copy(long source, long target, long bytes) {
    Pointer.memcpy(to.at(target), from.at(source), bytes);
  }

  /** Sets bytes to 0. */
  public void clear(long at, long bytes) {
    Pointer.memset(to.at(at), 0, bytes);
  }

  /**
   * Copies a vector to each row of a matrix, by copies that double in length if there are no gaps.
   */
  void copyToEachRow(long row, long matrix, int rows, int length, int stride) {
    long bytes = (long) length * width;
    if (length < stride) {
      for (int i = 0; i < rows; i++) {
        copy(row, matrix + (long) i * stride * width, bytes);
      }
      return;
    }
    copy(row, matrix, bytes);
    for (long done = 1; done < rows; done *= 2) {
      copy(matrix, matrix + done * bytes, Math.min(done, rows - done) * bytes);
    }
  }
}
