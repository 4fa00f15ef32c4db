package org.nn4j.internal.kernel;

/** Work on a range of rows, independent of other rows. It must not block on the calling thread. */
@FunctionalInterface
public interface RowWork {
  /**
   * Computes a range of rows.
   *
   * @param from the first row
   * @param to the row after the last
   */
  void apply(int from, int to);

  /**
   * Runs work on rows, in parallel if there are many elements.
   *
   * @param rows the number of rows
   * @param length the elements of a row
   * @param work called for ranges of rows, possibly by several threads at once
   */
  static void run(int rows, int length, RowWork work) {
    RangeWork.run(
        (long) rows * length,
        length,
        (from, to) -> work.apply((int) (from / length), (int) (to / length)));
  }
}
