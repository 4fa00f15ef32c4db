package org.nn4j.mnist.digits;

import org.nn4j.SeededRandom;

/**
 * An elastic distortion: each corner of a coarse grid over the glyph is moved at random, and what
 * lies between moves with the corners around it.
 */
final class ElasticGrid {
  private static final int CORNERS = 4;
  private static final double CELL = 100.0 / (CORNERS - 1);

  private final double[] shiftX = new double[CORNERS * CORNERS];
  private final double[] shiftY = new double[CORNERS * CORNERS];

  ElasticGrid(double standardDeviation, SeededRandom random) {
    for (int i = 0; i < shiftX.length; i++) {
      shiftX[i] = standardDeviation * random.nextGaussian();
      shiftY[i] = standardDeviation * random.nextGaussian();
    }
  }

  Polyline distort(Polyline line) {
    double[] x = new double[line.points()];
    double[] y = new double[line.points()];
    for (int i = 0; i < x.length; i++) {
      int column = cell(line.x(i));
      int row = cell(line.y(i));
      double right = weight(line.x(i) / CELL - column);
      double down = weight(line.y(i) / CELL - row);
      int corner = row * CORNERS + column;
      x[i] = line.x(i) + between(shiftX, corner, right, down);
      y[i] = line.y(i) + between(shiftY, corner, right, down);
    }
    return new Polyline(x, y);
  }

  private static int cell(double coordinate) {
    return (int) Math.min(Math.max(coordinate / CELL, 0), CORNERS - 2);
  }

  /** From 0 to 1 without a kink at the cells' borders; constant outside of the grid. */
  private static double weight(double share) {
    double t = Math.min(Math.max(share, 0), 1);
    return t * t * (3 - 2 * t);
  }

  private static double between(double[] shift, int corner, double right, double down) {
    double above = shift[corner] * (1 - right) + shift[corner + 1] * right;
    double below = shift[corner + CORNERS] * (1 - right) + shift[corner + CORNERS + 1] * right;
    return above * (1 - down) + below * down;
  }
}
