package org.nn4j.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** True positive rate over false positive rate, with a point for each distinct score. */
final class RocCurve {
  private final int label;
  private final String name;
  private final double[] x;
  private final double[] y;
  private final double area;

  private RocCurve(int label, String name, double[] x, double[] y, double area) {
    this.label = label;
    this.name = name;
    this.x = x;
    this.y = y;
    this.area = area;
  }

  /**
   * Returns the curve of a class.
   *
   * @param area the area under it, as of {@link org.nn4j.metric.Metrics#rocAuc()}
   */
  static RocCurve of(int label, String name, double[] scores, boolean[] isPositive, double area) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
            .mapToInt(i -> i)
            .toArray();
    double positives = IntStream.of(order).filter(i -> isPositive[i]).count();
    double negatives = scores.length - positives;
    double[] x = new double[scores.length + 1];
    double[] y = new double[scores.length + 1];
    int points = 0;
    int truePositives = 0;
    for (int k = 0; k < order.length; k++) {
      truePositives += isPositive[order[k]] ? 1 : 0;
      boolean isLast = k == order.length - 1;
      if (isLast || scores[order[k]] != scores[order[k + 1]]) {
        points++;
        y[points] = truePositives / positives;
        x[points] = (k + 1 - truePositives) / negatives;
      }
    }
    return new RocCurve(
        label, name, Arrays.copyOf(x, points + 1), Arrays.copyOf(y, points + 1), area);
  }

  int label() {
    return label;
  }

  String name() {
    return name;
  }

  double area() {
    return area;
  }

  /** Returns the true positive rate at a false positive rate, the largest of several. */
  double at(double rate) {
    int i = 0;
    while (i + 1 < x.length && x[i + 1] <= rate) {
      i++;
    }
    if (x[i] == rate || i + 1 == x.length) {
      return y[i];
    }
    return y[i] + (y[i + 1] - y[i]) * (rate - x[i]) / (x[i + 1] - x[i]);
  }
}
