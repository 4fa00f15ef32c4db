package org.nn4j.internal.blas;

/**
 * {@code C ← A·B + β C} with {@code A [m, k]}, {@code B [k, n]} and {@code C [m, n]}, row-major
 * without gaps. A large product is divided along the longer side of C, one part per core.
 */
final class Product {
  /** Minimum multiplications of a part for another core. */
  private static final long PART = 400_000;

  private static final long NONE = 0;

  private final int width;
  private final WorkerShares work;
  private boolean transA;
  private boolean transB;
  private int m;
  private int n;
  private int k;
  private long a;
  private long b;
  private long c;
  private int beta;
  private long bias;

  /** Creates products by a library. */
  Product(Blas blas) {
    width = blas.width();
    work = new WorkerShares(blas, this::part);
  }

  /** Sets the matrices, and β to 0. A and B may be stored as their transposes. */
  void of(
      boolean isTransposedA,
      boolean isTransposedB,
      int rows,
      int columns,
      int length,
      long addressA,
      long addressB,
      long addressC) {
    transA = isTransposedA;
    transB = isTransposedB;
    m = rows;
    n = columns;
    k = length;
    a = addressA;
    b = addressB;
    c = addressC;
    beta = 0;
    bias = NONE;
  }

  /** Sets whether the product is added to C. */
  void add(boolean isAdded) {
    beta = isAdded ? 1 : 0;
  }

  /**
   * Adds a vector to each row: each part of C is filled with copies of it, and the product is
   * added.
   */
  void addTo(long vector) {
    bias = vector;
    beta = 1;
  }

  void compute() {
    work.compute(Math.max(m, n), (long) m * n * k / PART);
  }

  private void part(int from, int to, Native mine) {
    boolean ofRows = m >= n;
    int rows = ofRows ? to - from : m;
    int columns = ofRows ? n : to - from;
    int strideA = transA ? m : k;
    int strideB = transB ? k : n;
    long partOfA = !ofRows ? a : a + bytes(from, transA ? 1 : strideA);
    long partOfB = ofRows ? b : b + bytes(from, transB ? strideB : 1);
    long partOfC = c + bytes(from, ofRows ? n : 1);
    if (bias != NONE) {
      mine.copyToEachRow(ofRows ? bias : bias + bytes(from, 1), partOfC, rows, columns, n);
    }
    mine.gemm(
        rows, columns, k, partOfA, strideA, transA, partOfB, strideB, transB, beta, partOfC, n);
  }

  private long bytes(int index, int stride) {
    return (long) index * stride * width;
  }
}
