package org.nn4j.internal.blas;

import org.nn4j.internal.thread.WorkerPool;

/**
 * Work on a matrix, divided along one side among the threads of the {@link WorkerPool} if the
 * matrix is large. The shares depend only on the sizes.
 *
 * <p>Each calling thread reuses one object, because closures would be garbage at each step.
 */
final class WorkerShares implements WorkerPool.Part {
  /** Shares begin at multiples of it, which fills the vectors of the native code. */
  private static final int GRAIN = 16;

  private final Blas blas;
  private final Work work;
  private int side;
  private int shareLength;

  WorkerShares(Blas blas, Work work) {
    this.blas = blas;
    this.work = work;
  }

  /** Computation of a share. */
  @FunctionalInterface
  interface Work {
    /**
     * Computes a share.
     *
     * @param from the first row or column of the share
     * @param to the row or column after the last
     * @param mine the pointers of the computing thread
     */
    void compute(int from, int to, Native mine);
  }

  /**
   * Computes all shares.
   *
   * @param length the length of the divided side
   * @param worthwhile the number of shares that are large enough for a thread
   */
  void compute(int length, long worthwhile) {
    int threads = blas.hasThreads() ? 1 : WorkerPool.SIZE;
    int shares = (int) Math.max(1, Math.min(worthwhile, Math.min(threads, length / GRAIN)));
    if (shares == 1) {
      work.compute(0, length, Native.ofThread(blas.width()));
      return;
    }
    int share = (length + shares - 1) / shares;
    side = length;
    shareLength = (share + GRAIN - 1) / GRAIN * GRAIN;
    WorkerPool.run(shares, this);
  }

  @Override
  public void run(int k) {
    int from = Math.min(side, k * shareLength);
    int to = Math.min(side, from + shareLength);
    if (from < to) {
      work.compute(from, to, Native.ofThread(blas.width()));
    }
  }
}
