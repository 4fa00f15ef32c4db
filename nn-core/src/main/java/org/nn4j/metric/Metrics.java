package org.nn4j.metric;

import java.util.List;
import org.nn4j.Require;

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
   * Of samples with any number of labels, the share whose labels are all right: scikit-learn's
   * {@code accuracy_score} of such samples, subset accuracy.
   *
   * @return a new metric, named {@code "exact match ratio"}
   */
  public static MultiLabel exactMatchRatio() {
    return MultiLabel.exactMatchRatio();
  }

  /**
   * The share of single labels that are wrong, over samples and labels.
   *
   * @return a new metric, named {@code "Hamming loss"}
   */
  public static MultiLabel hammingLoss() {
    return MultiLabel.hammingLoss();
  }

  /**
   * The share of single labels that are right, over samples and labels: 1 − {@link #hammingLoss},
   * Keras's {@code BinaryAccuracy}. With one output it is {@link #accuracy}.
   *
   * @return a new metric, named {@code "binary accuracy"}
   */
  public static MultiLabel binaryAccuracy() {
    return MultiLabel.binaryAccuracy();
  }

  /**
   * The F1 score of samples with any number of labels. That of samples of one class each is {@link
   * ConfusionMatrix#f1(Average)}.
   *
   * @param average how the labels become one number
   * @return a new metric, named such as {@code "macro F1"}
   */
  public static MultiLabel f1Score(Average average) {
    return MultiLabel.f1Score(Require.notNull(average, "Metrics.f1Score", "average"));
  }

  /**
   * The mean absolute error over samples and outputs.
   *
   * @return a new metric
   */
  public static Metric mae() {
    return new MeanAbsoluteError();
  }

  /**
   * The mean squared error over samples and outputs.
   *
   * @return a new metric
   */
  public static Metric mse() {
    return new MeanSquaredError();
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
