package org.nn4j.mnist.digits;

import java.util.List;
import org.nn4j.SeededRandom;
import org.nn4j.mnist.digits.Glyph.Knot;

/**
 * Writes a glyph as one person would at one moment: knots a little off, strokes that end early, an
 * elastic distortion, and a width, slant and rotation for the whole. Its numbers were chosen on a
 * held-out part of MNIST's training set ({@code docs/generated-digits.md}).
 */
final class Handwriting {
  private static final double KNOT_JITTER = 5;
  private static final double ELASTIC = 7;

  /** The share of a stroke's points that its ends lose, but for strokes too short to miss any. */
  private static final double TRIM = 0.06;

  private static final int KNOTS_OF_A_SHORT_STROKE = 3;

  private static final double LOG_WIDTH = 0.25;
  private static final double MEAN_SLANT = 0.15;
  private static final double SLANT = 0.25;
  private static final double ROTATION = 0.12;

  private static final double MIDDLE = 50;

  private final SeededRandom random;

  Handwriting(SeededRandom random) {
    this.random = random;
  }

  List<Polyline> write(Glyph glyph) {
    List<Polyline> strokes = glyph.strokes().stream().map(this::stroke).toList();
    ElasticGrid grid = new ElasticGrid(ELASTIC, random);
    double width = StrictMath.exp(LOG_WIDTH * random.nextGaussian());
    double slant = MEAN_SLANT + SLANT * random.nextGaussian();
    double angle = ROTATION * random.nextGaussian();
    return strokes.stream().map(s -> incline(grid.distort(s), width, slant, angle)).toList();
  }

  private Polyline stroke(List<Knot> knots) {
    Polyline line = Spline.through(knots.stream().map(this::jitter).toList());
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
}
