package org.nn4j.predict;

/** Part of a network at inference. Thread-safe. Arrays may be longer than a sample. */
abstract class Step {
  /** Returns the number of elements of one output. */
  final int width;

  /** Returns the number of elements of an output array that are written: {@link #width} or more. */
  final int room;

  /**
   * Returns whether input and output may be the same array: each element is read before it is
   * written.
   */
  final boolean worksInPlace;

  Step(int width, boolean worksInPlace) {
    this(width, width, worksInPlace);
  }

  Step(int width, int room, boolean worksInPlace) {
    this.width = width;
    this.room = room;
    this.worksInPlace = worksInPlace;
  }

  /** Computes one output. {@code used} has room for an index of each element of the input. */
  abstract void apply(float[] x, float[] y, int[] used);

  /** Computes the outputs of the first {@code rows} inputs. */
  void apply(float[][] x, float[][] y, int rows, int[] used) {
    for (int r = 0; r < rows; r++) {
      apply(x[r], y[r], used);
    }
  }
}
