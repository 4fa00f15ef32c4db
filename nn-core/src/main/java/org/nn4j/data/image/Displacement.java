package org.nn4j.data.image;

/** Displacement of each pixel. */
final class Displacement {
  private final Splines rows;
  private final float[] down;
  private final float[] right;

  /**
   * Creates a displacement from sums over the columns' splines.
   *
   * @param rows the splines down the image
   * @param down the displacement downwards, for each of them and each column
   * @param right the displacement to the right
   */
  Displacement(Splines rows, float[] down, float[] right) {
    this.rows = rows;
    this.down = down;
    this.right = right;
  }

  /** Adds the displacements of a row of pixels to their coordinates. */
  void addTo(int row, float[] x, float[] y) {
    add(right, row, x);
    add(down, row, y);
  }

  private void add(float[] field, int row, float[] to) {
    int at = rows.first(row) * to.length;
    add(field, at, to, rows.weight(row, 0), rows.weight(row, 1));
    add(field, at + 2 * to.length, to, rows.weight(row, 2), rows.weight(row, 3));
  }

  private static void add(float[] field, int at, float[] to, float first, float second) {
    int next = at + to.length;
    for (int i = 0; i < to.length; i++) {
      to[i] += first * field[at + i] + second * field[next + i];
    }
  }
}
