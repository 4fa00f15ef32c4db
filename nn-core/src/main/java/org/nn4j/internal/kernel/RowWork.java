package org.nn4j.internal.kernel;

/**
 * Work on the rows from one index to another, which touches no other row. It must not wait for the
 * thread that asked for it.
 */
@FunctionalInterface
public interface RowWork {
  /**
   * Does its part.
   *
   * @param from the first row
   * @param to the row after the last
   */
  void apply(int from, int to);

  /**
   * Does work on rows, shared among the cores where there is much of it.
   *
   * @param rows how many
   * @param length numbers in a row
   * @param work called for parts of the rows, by several threads at once
   */
  static void run(int rows, int length, RowWork work) {
    RangeWork.run(
        (long) rows * length,
        length,
        (from, to) -> work.apply((int) (from / length), (int) (to / length)));
  }
}
