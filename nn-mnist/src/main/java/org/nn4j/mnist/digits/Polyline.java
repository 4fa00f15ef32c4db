package org.nn4j.mnist.digits;

import java.util.Arrays;
import java.util.List;
import org.nn4j.mnist.digits.Glyph.Knot;

/** Line of straight pieces, in two arrays because there are millions of points. */
final class Polyline {
  /** Number of straight pieces between two knots of a spline. */
  private static final int PIECES = 6;

  /**
   * Distance of a control point as a share of the chord; 0.39 for a quarter of a circle (0.552
   * radii), 1/3 for a straight line.
   */
  private static final double REACH = 0.37;

  private final double[] x;
  private final double[] y;

  /** Creates a line of coordinates to the right and down, two points or more, not copied. */
  Polyline(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** Smallest rectangle around lines. */
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

  /** Returns the line without some points at its ends; at least two points remain. */
  Polyline trimmed(int atStart, int atEnd) {
    int from = Math.min(atStart, points() - 2);
    int to = Math.max(points() - atEnd, from + 2);
    return new Polyline(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
  }

  /**
   * Returns a smooth curve through knots, with a cubic Bezier curve between each two.
   *
   * <p>At a knot between two others the tangent is parallel to the line that joins these (as in a
   * Catmull-Rom spline). The inner control points lie on the tangents, at a share of the chord from
   * its ends. A corner or an end of the stroke has no tangent; there the curve starts towards the
   * inner control point of the other end.
   */
  static Polyline spline(List<Knot> knots) {
    int curves = knots.size() - 1;
    double[] x = new double[curves * PIECES + 1];
    double[] y = new double[x.length];
    x[0] = knots.get(0).x();
    y[0] = knots.get(0).y();
    for (int i = 0; i < curves; i++) {
      bezier(i, tangent(knots, i), tangent(knots, i + 1), knots, x, y);
    }
    return new Polyline(x, y);
  }

  /** Returns a unit tangent, or (0, 0) where there is none. */
  private static double[] tangent(List<Knot> knots, int i) {
    if (i > 0 && i < knots.size() - 1) {
      double dx = knots.get(i + 1).x() - knots.get(i - 1).x();
      double dy = knots.get(i + 1).y() - knots.get(i - 1).y();
      double length = Math.sqrt(dx * dx + dy * dy);
      if (!knots.get(i).corner() && length > 0) {
        return new double[] {dx / length, dy / length};
      }
    }
    return new double[2];
  }

  private static void bezier(
      int i, double[] first, double[] last, List<Knot> knots, double[] x, double[] y) {
    Knot start = knots.get(i);
    Knot end = knots.get(i + 1);
    double dx = end.x() - start.x();
    double dy = end.y() - start.y();
    double reach = REACH * Math.sqrt(dx * dx + dy * dy);
    double bx = start.x() + reach * first[0];
    double by = start.y() + reach * first[1];
    double cx = end.x() - reach * last[0];
    double cy = end.y() - reach * last[1];
    if (first[0] == 0 && first[1] == 0) {
      bx = (start.x() + cx) / 2;
      by = (start.y() + cy) / 2;
    }
    if (last[0] == 0 && last[1] == 0) {
      cx = (end.x() + bx) / 2;
      cy = (end.y() + by) / 2;
    }
    for (int piece = 1; piece <= PIECES; piece++) {
      double t = (double) piece / PIECES;
      x[i * PIECES + piece] = bezier(start.x(), bx, cx, end.x(), t);
      y[i * PIECES + piece] = bezier(start.y(), by, cy, end.y(), t);
    }
  }

  /** Returns {@code u³a + 3u²tb + 3ut²c + t³d}, with {@code u = 1 - t}. */
  private static double bezier(double a, double b, double c, double d, double t) {
    double u = 1 - t;
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  }
}
