package org.nn4j.internal.blas;

import org.nn4j.internal.thread.WorkerPool;

/**
 * Work on a matrix that, where it is large, is cut along one side, each part done by one thread.
 * Where the cuts are depends on the sizes alone.
 *
 * <p>One object for each thread that asks for such work is used again and again: closures would be
 * garbage at each step.
 */
final class SplitWork implements WorkerPool.Part {
  /** Parts begin at multiples of it, so that the vectors of the native code are full. */
  private static final int GRAIN = 16;

  private final Blas blas;
  private final Work work;
  private int side;
  private int lengthOfPart;

  SplitWork(Blas blas, Work work) {
    this.blas = blas;
    this.work = work;
  }

  /** What is cut. */
  @FunctionalInterface
  interface Work {
    /**
     * Does a part.
     *
     * @param from the first row or column of the side that is cut
     * @param to the one after the last
     * @param mine the pointers of the thread that does it
     */
    void part(int from, int to, Native mine);
  }

  /**
   * Does all parts.
   *
   * @param cutSide the length of the side
   * @param worthwhile parts that are worth a thread each, if there were as many
   */
  void inParts(int cutSide, long worthwhile) {
    int threads = blas.hasThreads() ? 1 : WorkerPool.SIZE;
    int parts = (int) Math.max(1, Math.min(worthwhile, Math.min(threads, cutSide / GRAIN)));
    int length = (cutSide + parts - 1) / parts;
    side = cutSide;
    lengthOfPart = parts == 1 ? length : (length + GRAIN - 1) / GRAIN * GRAIN;
    WorkerPool.run(parts, this);
  }

  @Override
  public void run(int part) {
    int from = Math.min(side, part * lengthOfPart);
    int to = Math.min(side, from + lengthOfPart);
    if (from < to) {
      work.part(from, to, Native.ofThread(blas.width()));
    }
  }
}
