package org.nn4j.internal.blas;

/** {@code y ← y + Σ over the rows of A [m, n]}, divided among the cores if it is large. */
final class SumOfRows {
  /** Minimum elements of a part for another core. */
  private static final long PART = 1 << 15;

  private final int width;
  private final WorkerShares work;
  private int m;
  private int n;
  private long a;
  private long y;

  /** Creates sums by a library. */
  SumOfRows(Blas blas) {
    width = blas.width();
    work = new WorkerShares(blas, this::part);
  }

  void compute(int rows, int columns, long addressA, long addressY) {
    m = rows;
    n = columns;
    a = addressA;
    y = addressY;
    work.compute(n, (long) m * n / PART);
  }

  private void part(int from, int to, Native mine) {
    long offset = (long) from * width;
    mine.addSumOfRows(m, to - from, a + offset, n, y + offset);
  }
}
