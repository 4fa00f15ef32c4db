package org.nn4j.metric;

import java.util.List;

/** Makes metrics, each without a sample; import its methods statically. Thread-safe. */
public final class Metrics {
  private Metrics() {}

  /**
   * The share of samples whose class is found.
   *
   * @return a new metric
   */
  public static Accuracy accuracy() {
    return new Accuracy();
  }

  /**
   * The share of samples whose class is among the k largest outputs.
   *
   * @param k the number of guesses, 1 or more
   * @return a new metric
   * @throws IllegalArgumentException if k is below 1
   */
  public static TopKAccuracy topKAccuracy(int k) {
    return new TopKAccuracy(k);
  }

  /**
   * Counts by true and predicted class, with precision, recall and F1.
   *
   * @param classes the number of classes, 2 or more
   * @return a new metric
   * @throws IllegalArgumentException if there are fewer than two classes
   */
  public static ConfusionMatrix confusionMatrix(int classes) {
    return new ConfusionMatrix(classes);
  }

  /**
   * Counts by true and predicted class, with precision, recall and F1.
   *
   * @param labels what the classes are called, in the order of the outputs
   * @return a new metric
   * @throws IllegalArgumentException if there are fewer than two classes
   */
  public static ConfusionMatrix confusionMatrix(List<String> labels) {
    return new ConfusionMatrix(labels);
  }

  /**
   * The mean absolute error over samples and outputs.
   *
   * @return a new metric
   */
  public static AbsoluteError meanAbsoluteError() {
    return new AbsoluteError();
  }

  /**
   * The mean squared error over samples and outputs.
   *
   * @return a new metric
   */
  public static SquaredError meanSquaredError() {
    return new SquaredError();
  }

  /**
   * R², the coefficient of determination.
   *
   * @return a new metric
   */
  public static RSquared rSquared() {
    return new RSquared();
  }

  /**
   * The share of samples all of whose outputs are within a distance of the targets.
   *
   * @param tolerance the largest distance that counts as right, 0 or more
   * @return a new metric
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  public static ToleranceAccuracy toleranceAccuracy(double tolerance) {
    return new ToleranceAccuracy(tolerance);
  }
}
