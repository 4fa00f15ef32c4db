package org.nn4j.mnist.digits;

import java.util.List;
import org.nn4j.SeededRandom;
import org.nn4j.mnist.digits.Glyph.Knot;
import org.nn4j.mnist.digits.Polyline.Bounds;

/**
 * Random variation of a glyph: shifted knots, shortened strokes, an elastic distortion, a width,
 * slant and rotation of the whole, and a round pen of random radius and pressure. The constants
 * were chosen on a held-out part of MNIST's training set ({@code docs/generated-digits.md}).
 *
 * <p>The order of the random numbers is part of the result: the same seed draws the same pixels.
 */
final class Handwriting {
  private static final double KNOT_JITTER = 5;

  /** Mean share of a stroke's points that each of its ends loses, except for short strokes. */
  private static final double TRIM = 0.06;

  private static final int KNOTS_OF_A_SHORT_STROKE = 3;

  private static final double LOG_WIDTH = 0.25;
  private static final double MEAN_SLANT = 0.15;
  private static final double SLANT = 0.25;
  private static final double ROTATION = 0.12;
  private static final double MIDDLE = 50;

  private static final double MEDIAN_RADIUS = 1.15;
  private static final double LOG_RADIUS = 0.28;
  private static final double MIN_RADIUS = 0.6;
  private static final double MAX_RADIUS = 2.6;
  private static final double PRESSURE = 0.15;

  private final SeededRandom random;

  Handwriting(SeededRandom random) {
    this.random = random;
  }

  /** Returns the strokes of a glyph as lines. */
  List<Polyline> write(Glyph glyph) {
    List<Polyline> strokes = glyph.strokes().stream().map(this::stroke).toList();
    ElasticGrid grid = new ElasticGrid(random);
    double width = StrictMath.exp(LOG_WIDTH * random.nextGaussian());
    double slant = MEAN_SLANT + SLANT * random.nextGaussian();
    double angle = ROTATION * random.nextGaussian();
    return strokes.stream().map(s -> incline(grid.distort(s), width, slant, angle)).toList();
  }

  private Polyline stroke(List<Knot> knots) {
    Polyline line = Polyline.spline(knots.stream().map(this::jitter).toList());
    if (knots.size() <= KNOTS_OF_A_SHORT_STROKE) {
      return line;
    }
    return line.trimmed(lost(line), lost(line));
  }

  private Knot jitter(Knot knot) {
    double x = knot.x() + KNOT_JITTER * random.nextGaussian();
    double y = knot.y() + KNOT_JITTER * random.nextGaussian();
    return new Knot(x, y, knot.corner());
  }

  private int lost(Polyline line) {
    return (int) (Math.abs(random.nextGaussian()) * TRIM * line.points());
  }

  private static Polyline incline(Polyline line, double width, double slant, double angle) {
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double[] x = new double[line.points()];
    double[] y = new double[line.points()];
    for (int i = 0; i < x.length; i++) {
      double down = line.y(i) - MIDDLE;
      double right = (line.x(i) - MIDDLE) * width - slant * down;
      x[i] = cosine * right - sine * down;
      y[i] = sine * right + cosine * down;
    }
    return new Polyline(x, y);
  }

  /** Draws lines, scaled so that their ink fills the longer side of the box. */
  InkBox draw(List<Polyline> lines) {
    double any = MEDIAN_RADIUS * StrictMath.exp(LOG_RADIUS * random.nextGaussian());
    double radius = Math.min(Math.max(any, MIN_RADIUS), MAX_RADIUS);
    Bounds bounds = Bounds.of(lines);
    double scale = (InkBox.SIDE - 2 * radius) / bounds.longerSide();
    double left = InkBox.SIDE / 2.0 - scale * (bounds.left() + bounds.right()) / 2;
    double top = InkBox.SIDE / 2.0 - scale * (bounds.top() + bounds.bottom()) / 2;
    InkBox box = new InkBox();
    for (Polyline line : lines) {
      double first = pressed(radius);
      double last = pressed(radius);
      for (int i = 0; i + 1 < line.points(); i++) {
        box.draw(
            left + scale * line.x(i),
            top + scale * line.y(i),
            left + scale * line.x(i + 1),
            top + scale * line.y(i + 1),
            first + (last - first) * i / line.points());
      }
    }
    return box;
  }

  private double pressed(double radius) {
    return radius * Math.max(0.5, 1 + PRESSURE * random.nextGaussian());
  }

  /**
   * Elastic distortion: each corner of a coarse grid over the glyph moves at random, and the points
   * between move with their corners.
   */
  private static final class ElasticGrid {
    private static final double STANDARD_DEVIATION = 7;
    private static final int CORNERS = 4;
    private static final double CELL = 100.0 / (CORNERS - 1);

    private final double[] shiftX = new double[CORNERS * CORNERS];
    private final double[] shiftY = new double[CORNERS * CORNERS];

    ElasticGrid(SeededRandom random) {
      for (int i = 0; i < shiftX.length; i++) {
        shiftX[i] = STANDARD_DEVIATION * random.nextGaussian();
        shiftY[i] = STANDARD_DEVIATION * random.nextGaussian();
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

    /**
     * Returns a weight from 0 to 1, smooth at the borders of the cells; constant outside of the
     * grid.
     */
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
}
