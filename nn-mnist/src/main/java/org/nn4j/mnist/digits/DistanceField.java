package org.nn4j.mnist.digits;

import java.util.Arrays;

/**
 * Depth of each pixel of a square in the ink: the distance to the nearest pixel of the other kind,
 * minus the half pixel to the edge between them; negative outside of the ink.
 *
 * <p>Exact Euclidean distances in linear time: Felzenszwalb and Huttenlocher, "Distance Transforms
 * of Sampled Functions" (2012), algorithm 1, along columns and then along rows.
 */
final class DistanceField {
  private static final double FAR = 1e12;

  private final int side;
  private final double[] depth;

  DistanceField(int side, boolean[] ink) {
    this.side = side;
    double[] toInk = squaredDistances(ink, true);
    double[] toPaper = squaredDistances(ink, false);
    depth = new double[ink.length];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = ink[i] ? Math.sqrt(toPaper[i]) - 0.5 : 0.5 - Math.sqrt(toInk[i]);
    }
  }

  double[] depth() {
    return depth;
  }

  /** Interpolates the depth at a point in pixels from the upper left corner. */
  double between(double x, double y) {
    double column = Math.min(Math.max(x - 0.5, 0), side - 1.001);
    double row = Math.min(Math.max(y - 0.5, 0), side - 1.001);
    int left = (int) column;
    int top = (int) row;
    double right = column - left;
    double down = row - top;
    int i = top * side + left;
    double above = depth[i] * (1 - right) + depth[i + 1] * right;
    double below = depth[i + side] * (1 - right) + depth[i + side + 1] * right;
    return above * (1 - down) + below * down;
  }

  private double[] squaredDistances(boolean[] set, boolean value) {
    double[] distances = new double[set.length];
    for (int i = 0; i < set.length; i++) {
      distances[i] = set[i] == value ? 0 : FAR;
    }
    for (int column = 0; column < side; column++) {
      transform(distances, column, side);
    }
    for (int row = 0; row < side; row++) {
      transform(distances, row * side, 1);
    }
    return distances;
  }

  /** Computes D(p) = min over q of ((p - q)² + f(q)), as the lower envelope of parabolas. */
  private void transform(double[] f, int offset, int stride) {
    int[] vertex = new int[side];
    double[] border = new double[side + 1];
    double[] line = new double[side];
    for (int q = 0; q < side; q++) {
      line[q] = f[offset + q * stride];
    }
    Arrays.fill(border, Double.POSITIVE_INFINITY);
    border[0] = Double.NEGATIVE_INFINITY;
    int last = 0;
    for (int q = 1; q < side; q++) {
      double crossing = crossing(line, vertex[last], q);
      while (crossing <= border[last]) {
        last--;
        crossing = crossing(line, vertex[last], q);
      }
      last++;
      vertex[last] = q;
      border[last] = crossing;
      border[last + 1] = Double.POSITIVE_INFINITY;
    }
    int k = 0;
    for (int p = 0; p < side; p++) {
      while (border[k + 1] < p) {
        k++;
      }
      int distance = p - vertex[k];
      f[offset + p * stride] = distance * distance + line[vertex[k]];
    }
  }

  /** Returns where the parabolas over p and q, p &lt; q, cross. */
  private static double crossing(double[] f, int p, int q) {
    return (f[q] + q * q - (f[p] + p * p)) / (2.0 * (q - p));
  }
}
