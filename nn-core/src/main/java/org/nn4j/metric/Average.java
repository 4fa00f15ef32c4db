package org.nn4j.metric;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * How the scores of single classes become one; see {@link ConfusionMatrix} and {@link
 * Metrics#f1Score}. Thread-safe.
 */
public enum Average {
  /** The mean over the classes: each counts alike, however rare. */
  MACRO {
    @Override
    double of(int classes, IntToLongFunction support, IntToDoubleFunction score, double micro) {
      return IntStream.range(0, classes).mapToDouble(score).sum() / classes;
    }
  },
  /** From the sums over the classes of what is counted: each sample counts alike. */
  MICRO {
    @Override
    double of(int classes, IntToLongFunction support, IntToDoubleFunction score, double micro) {
      return micro;
    }
  },
  /** The mean over the classes, each weighted by its support, the number of its samples. */
  WEIGHTED {
    @Override
    double of(int classes, IntToLongFunction support, IntToDoubleFunction score, double micro) {
      long total = IntStream.range(0, classes).mapToLong(support).sum();
      return IntStream.range(0, classes)
          .mapToDouble(
              c -> ConfusionMatrix.share(support.applyAsLong(c), total) * score.applyAsDouble(c))
          .sum();
    }
  };

  /**
   * The average of the scores of the classes, given how many samples each has and the score of the
   * counts of all together.
   */
  abstract double of(
      int classes, IntToLongFunction support, IntToDoubleFunction score, double micro);
}
