package org.nn4j.internal.blas;

/** {@code y ← y + Σ over the rows of A [m, n]}, shared among the cores where it is large. */
final class SumOfRows {
  /** Numbers of a part that is worth handing to another core. */
  private static final long PART = 1 << 15;

  private final int width;
  private final SplitWork work;
  private int m;
  private int n;
  private long a;
  private long y;

  /** Sums by a library. */
  SumOfRows(Blas blas) {
    width = blas.width();
    work = new SplitWork(blas, this::part);
  }

  void compute(int rows, int columns, long addressA, long addressY) {
    m = rows;
    n = columns;
    a = addressA;
    y = addressY;
    work.inParts(n, (long) m * n / PART);
  }

  private void part(int from, int to, Native mine) {
    long offset = (long) from * width;
    mine.addSumOfRows(m, to - from, a + offset, n, y + offset);
  }
}
