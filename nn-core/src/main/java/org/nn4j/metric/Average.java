package org.nn4j.metric;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How the scores of single classes become one; see {@link ConfusionMatrix}. Thread-safe. */
public enum Average {
  /** The mean over the classes: each counts alike, however rare. */
  MACRO {
    @Override
    double of(ConfusionMatrix matrix, IntToDoubleFunction score, double micro) {
      return IntStream.range(0, matrix.classes()).mapToDouble(score).sum() / matrix.classes();
    }
  },
  /** From the sums over the classes of what is counted: each sample counts alike. */
  MICRO {
    @Override
    double of(ConfusionMatrix matrix, IntToDoubleFunction score, double micro) {
      return micro;
    }
  },
  /** The mean over the classes, each weighted by its support, the number of its samples. */
  WEIGHTED {
    @Override
    double of(ConfusionMatrix matrix, IntToDoubleFunction score, double micro) {
      return IntStream.range(0, matrix.classes())
          .mapToDouble(
              c ->
                  ConfusionMatrix.share(matrix.support(c), matrix.total()) * score.applyAsDouble(c))
          .sum();
    }
  };

  /** The average of the scores of the classes, given that of the counts of all together. */
  abstract double of(ConfusionMatrix matrix, IntToDoubleFunction score, double micro);
}
