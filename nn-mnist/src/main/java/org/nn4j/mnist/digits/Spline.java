package org.nn4j.mnist.digits;

import java.util.List;
import org.nn4j.mnist.digits.Glyph.Knot;

/**
 * A smooth curve through knots, of one cubic Bezier curve between each two.
 *
 * <p>At a knot between two others the curve runs parallel to the line that joins these (as in a
 * Catmull-Rom spline); the Bezier curve's inner points lie on the tangents, at a share of the chord
 * from its ends. At a corner or an end of the stroke there is no tangent, and the curve heads for
 * the inner point of the other end.
 */
final class Spline {
  private static final int PIECES = 6;

  /** For a quarter of a circle it is 0.39 (0.552 radii), for a straight line 1/3. */
  private static final double REACH = 0.37;

  private final List<Knot> knots;

  /** Unit tangents; both 0 where there is none. */
  private final double[] tangentX;

  private final double[] tangentY;

  private Spline(List<Knot> knots) {
    this.knots = knots;
    tangentX = new double[knots.size()];
    tangentY = new double[knots.size()];
    for (int i = 1; i < knots.size() - 1; i++) {
      double dx = knots.get(i + 1).x() - knots.get(i - 1).x();
      double dy = knots.get(i + 1).y() - knots.get(i - 1).y();
      double length = Math.sqrt(dx * dx + dy * dy);
      if (!knots.get(i).corner() && length > 0) {
        tangentX[i] = dx / length;
        tangentY[i] = dy / length;
      }
    }
  }

  static Polyline through(List<Knot> knots) {
    return new Spline(knots).flatten();
  }

  private Polyline flatten() {
    int curves = knots.size() - 1;
    double[] x = new double[curves * PIECES + 1];
    double[] y = new double[x.length];
    x[0] = knots.get(0).x();
    y[0] = knots.get(0).y();
    for (int i = 0; i < curves; i++) {
      flatten(i, x, y);
    }
    return new Polyline(x, y);
  }

  private void flatten(int i, double[] x, double[] y) {
    Knot start = knots.get(i);
    Knot end = knots.get(i + 1);
    double dx = end.x() - start.x();
    double dy = end.y() - start.y();
    double reach = REACH * Math.sqrt(dx * dx + dy * dy);
    double bx = start.x() + reach * tangentX[i];
    double by = start.y() + reach * tangentY[i];
    double cx = end.x() - reach * tangentX[i + 1];
    double cy = end.y() - reach * tangentY[i + 1];
    if (!isSmooth(i)) {
      bx = (start.x() + cx) / 2;
      by = (start.y() + cy) / 2;
    }
    if (!isSmooth(i + 1)) {
      cx = (end.x() + bx) / 2;
      cy = (end.y() + by) / 2;
    }
    for (int piece = 1; piece <= PIECES; piece++) {
      double t = (double) piece / PIECES;
      x[i * PIECES + piece] = bezier(start.x(), bx, cx, end.x(), t);
      y[i * PIECES + piece] = bezier(start.y(), by, cy, end.y(), t);
    }
  }

  private boolean isSmooth(int i) {
    return tangentX[i] != 0 || tangentY[i] != 0;
  }

  /** {@code u³a + 3u²tb + 3ut²c + t³d}, with {@code u = 1 - t}. */
  private static double bezier(double a, double b, double c, double d, double t) {
    double u = 1 - t;
    return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  }
}
