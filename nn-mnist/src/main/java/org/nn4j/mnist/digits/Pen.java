package org.nn4j.mnist.digits;

import java.util.List;
import org.nn4j.SeededRandom;
import org.nn4j.mnist.digits.Polyline.Bounds;

/** A round pen of random width, whose pressure changes along a stroke. */
final class Pen {
  private static final double MEDIAN_RADIUS = 1.15;
  private static final double LOG_RADIUS = 0.28;
  private static final double MIN_RADIUS = 0.6;
  private static final double MAX_RADIUS = 2.6;
  private static final double PRESSURE = 0.15;

  private final SeededRandom random;
  private final double radius;

  Pen(SeededRandom random) {
    this.random = random;
    double any = MEDIAN_RADIUS * StrictMath.exp(LOG_RADIUS * random.nextGaussian());
    this.radius = Math.min(Math.max(any, MIN_RADIUS), MAX_RADIUS);
  }

  /** Scales the lines so that their ink fills the longer side of the box, and draws them. */
  InkBox draw(List<Polyline> lines) {
    Bounds bounds = Bounds.of(lines);
    double scale = (InkBox.SIDE - 2 * radius) / bounds.longerSide();
    double left = InkBox.SIDE / 2.0 - scale * (bounds.left() + bounds.right()) / 2;
    double top = InkBox.SIDE / 2.0 - scale * (bounds.top() + bounds.bottom()) / 2;
    InkBox box = new InkBox();
    for (Polyline line : lines) {
      draw(line, scale, left, top, box);
    }
    return box;
  }

  private void draw(Polyline line, double scale, double left, double top, InkBox box) {
    double first = pressed();
    double last = pressed();
    for (int i = 0; i + 1 < line.points(); i++) {
      double here = first + (last - first) * i / line.points();
      box.draw(
          left + scale * line.x(i),
          top + scale * line.y(i),
          left + scale * line.x(i + 1),
          top + scale * line.y(i + 1),
          here);
    }
  }

  private double pressed() {
    return radius * Math.max(0.5, 1 + PRESSURE * random.nextGaussian());
  }
}
