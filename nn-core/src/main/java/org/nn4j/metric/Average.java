package org.nn4j.metric;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Average of the scores of single classes, for {@link ConfusionMatrix} and {@link Metrics#f1Score}.
 * Thread-safe.
 */
public enum Average {
  /** Mean over the classes: rare and frequent classes count the same. */
  MACRO {
    @Override
    double of(int classes, IntToLongFunction support, IntToDoubleFunction score, double micro) {
      return IntStream.range(0, classes).mapToDouble(score).sum() / classes;
    }
  },
  /** Score of the counts summed over the classes: each sample counts the same. */
  MICRO {
    @Override
    double of(int classes, IntToLongFunction support, IntToDoubleFunction score, double micro) {
      return micro;
    }
  },
  /** Mean over the classes, weighted by their numbers of samples. */
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
   * Returns the average, from the number of samples and the score of each class, and the score of
   * the summed counts.
   */
  abstract double of(
      int classes, IntToLongFunction support, IntToDoubleFunction score, double micro);
}
