package org.nn4j.metric;

import java.util.List;
import org.nn4j.Require;

/**
 * Factory of metrics, for static import beside {@link org.nn4j.loss.Losses}. Each method returns a
 * new metric without a sample. Thread-safe; the metrics are not.
 *
 * <p>The metrics of classes need targets with one class each ({@link
 * org.nn4j.data.Labels#classOfTarget}); those of labels take samples with any number of labels.
 */
public final class Metrics {
  private Metrics() {}

  /**
   * Returns the share of samples whose class is predicted: with two or more outputs that of the
   * largest, the first of equal ones; with one output 1 above one half, else 0.
   *
   * @return a new metric, named {@code "accuracy"}
   */
  public static Metric accuracy() {
    return new Accuracy();
  }

  /**
   * Returns the share of samples whose class is among the k largest outputs.
   *
   * @param k the number of classes to try, 1 or more
   * @return a new metric, named such as {@code "top-5 accuracy"}
   * @throws IllegalArgumentException if k is below 1
   */
  public static Metric topKAccuracy(int k) {
    return new TopKAccuracy(k);
  }

  /**
   * Returns counts by true and predicted class, with precision, recall and F1. The classes are
   * labeled by their indices.
   *
   * @param classes the number of classes, 2 or more
   * @return a new metric, named {@code "confusion matrix accuracy"}
   * @throws IllegalArgumentException if there are fewer than two classes
   */
  public static ConfusionMatrix confusionMatrix(int classes) {
    return new ConfusionMatrix(classes);
  }

  /**
   * Returns counts by true and predicted class, with precision, recall and F1.
   *
   * @param labels the labels of the classes, in the order of the outputs
   * @return a new metric, named {@code "confusion matrix accuracy"}
   * @throws IllegalArgumentException if there are fewer than two classes
   */
  public static ConfusionMatrix confusionMatrix(List<String> labels) {
    return new ConfusionMatrix(labels);
  }

  /**
   * Returns the share of samples whose labels are all correct: subset accuracy, scikit-learn's
   * {@code accuracy_score}.
   *
   * @return a new metric, named {@code "exact match ratio"}
   */
  public static MultiLabel exactMatchRatio() {
    return MultiLabel.exactMatchRatio();
  }

  /**
   * Returns the share of wrong labels, over samples and labels.
   *
   * @return a new metric, named {@code "Hamming loss"}
   */
  public static MultiLabel hammingLoss() {
    return MultiLabel.hammingLoss();
  }

  /**
   * Returns the share of correct labels, over samples and labels: 1 − {@link #hammingLoss}, Keras's
   * {@code BinaryAccuracy}. With one output it is {@link #accuracy}.
   *
   * @return a new metric, named {@code "binary accuracy"}
   */
  public static MultiLabel binaryAccuracy() {
    return MultiLabel.binaryAccuracy();
  }

  /**
   * Returns the F1 score of samples with any number of labels. For samples of one class each use
   * {@link ConfusionMatrix#f1(Average)}.
   *
   * @param average the average over the labels
   * @return a new metric, named such as {@code "macro F1"}
   */
  public static MultiLabel f1Score(Average average) {
    return MultiLabel.f1Score(Require.notNull(average, "Metrics.f1Score", "average"));
  }

  /**
   * Returns the mean absolute error over samples and outputs.
   *
   * @return a new metric, named {@code "mean absolute error"}
   */
  public static Metric mae() {
    return new MeanAbsoluteError();
  }

  /**
   * Returns the mean squared error over samples and outputs.
   *
   * @return a new metric, named {@code "mean squared error"}
   */
  public static Metric mse() {
    return new MeanSquaredError();
  }

  /**
   * Returns R², the coefficient of determination, averaged over the outputs.
   *
   * @return a new metric, named {@code "R2"}
   */
  public static Metric rSquared() {
    return new RSquared();
  }

  /**
   * Returns the share of samples whose outputs are all within a tolerance of the targets.
   *
   * @param tolerance the largest accepted distance, 0 or more
   * @return a new metric, named such as {@code "accuracy within 0.1"}
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  public static Metric toleranceAccuracy(double tolerance) {
    return new ToleranceAccuracy(tolerance);
  }
}
