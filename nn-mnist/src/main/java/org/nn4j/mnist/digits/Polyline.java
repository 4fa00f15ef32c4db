package org.nn4j.mnist.digits;

import java.util.Arrays;
import java.util.List;

/**
 * A line of straight pieces from point to point. Two arrays instead of a list of points, because
 * there are millions of points.
 */
final class Polyline {
  private final double[] x;
  private final double[] y;

  /** Of coordinates to the right and down, of two points or more; the arrays are not copied. */
  Polyline(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** The smallest rectangle around lines. */
  record Bounds(double left, double top, double right, double bottom) {
    static Bounds of(List<Polyline> lines) {
      double left = Double.POSITIVE_INFINITY;
      double top = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      double bottom = Double.NEGATIVE_INFINITY;
      for (Polyline line : lines) {
        for (int i = 0; i < line.points(); i++) {
          left = Math.min(left, line.x[i]);
          right = Math.max(right, line.x[i]);
          top = Math.min(top, line.y[i]);
          bottom = Math.max(bottom, line.y[i]);
        }
      }
      return new Bounds(left, top, right, bottom);
    }

    double longerSide() {
      return Math.max(right - left, bottom - top);
    }
  }

  int points() {
    return x.length;
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  /** Without some points at its start and its end; two points are always left. */
  Polyline trimmed(int atStart, int atEnd) {
    int from = Math.min(atStart, points() - 2);
    int to = Math.max(points() - atEnd, from + 2);
    return new Polyline(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
  }
}
