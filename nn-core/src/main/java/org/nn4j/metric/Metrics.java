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
   * Returns the share of correctly classified samples. The predicted class is the largest output,
   * the first of equal ones; a single output is class 1 if it is above 0.5.
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
   * @return a new metric, with a name such as {@code "top-5 accuracy"}
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
    return ConfusionMatrix.of(classes);
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
   * Returns the mean recall of the classes that have a sample, see {@link
   * ConfusionMatrix#balancedAccuracy}.
   *
   * @return a new metric, named {@code "balanced accuracy"}
   */
  public static Metric balancedAccuracy() {
    return new MatrixMetric("balanced accuracy", ConfusionMatrix::balancedAccuracy);
  }

  /**
   * Returns Cohen's kappa, see {@link ConfusionMatrix#cohensKappa}.
   *
   * @return a new metric, named {@code "Cohen's kappa"}
   */
  public static Metric cohensKappa() {
    return new MatrixMetric("Cohen's kappa", ConfusionMatrix::cohensKappa);
  }

  /**
   * Returns Matthews' correlation coefficient, see {@link ConfusionMatrix#mcc}.
   *
   * @return a new metric, named {@code "Matthews correlation"}
   */
  public static Metric mcc() {
    return new MatrixMetric("Matthews correlation", ConfusionMatrix::mcc);
  }

  /**
   * Returns the area under the ROC curve of two classes: the probability that a sample of class 1
   * has a larger output than a sample of class 0, where equal outputs count half. The network has
   * one output, or two: then the second belongs to class 1. NaN if a class has no sample, or a
   * prediction is NaN.
   *
   * <p>Exact, so it keeps every output: 8 bytes for each sample.
   *
   * @return a new metric, named {@code "ROC AUC"}
   */
  public static Metric rocAuc() {
    return RankingMetric.rocAuc(null);
  }

  /**
   * Returns the area under the ROC curve of each class against the others, averaged. Samples may
   * have any number of labels. NaN if a class has no sample or all samples, or a prediction is NaN.
   * Uses 8 bytes for each sample and class.
   *
   * @param average the average over the classes
   * @return a new metric, with a name such as {@code "macro ROC AUC"}
   */
  public static Metric rocAuc(Average average) {
    return RankingMetric.rocAuc(Require.notNull(average, "Metrics.rocAuc", "average"));
  }

  /**
   * Returns the average precision of two classes: the area under the steps of precision over recall
   * (PR AUC). The network has one output, or two: then the second belongs to class 1. 0 without a
   * sample of class 1, as in scikit-learn; NaN if a prediction is NaN. Uses 8 bytes for each
   * sample.
   *
   * @return a new metric, named {@code "average precision"}
   */
  public static Metric averagePrecision() {
    return RankingMetric.averagePrecision(null);
  }

  /**
   * Returns the average precision of each class against the others, averaged. Samples may have any
   * number of labels. A class without a sample counts as 0. Uses 8 bytes for each sample and class.
   *
   * @param average the average over the classes
   * @return a new metric, with a name such as {@code "macro average precision"}
   */
  public static Metric averagePrecision(Average average) {
    return RankingMetric.averagePrecision(
        Require.notNull(average, "Metrics.averagePrecision", "average"));
  }

  /**
   * Returns the mean negative logarithm of the probability of the true class, scikit-learn's {@code
   * log_loss}: probabilities are limited to [ε, 1 − ε], ε = 2⁻⁵², or 2⁻²³ for FLOAT.
   *
   * @return a new metric, named {@code "log loss"}
   */
  public static Metric logLoss() {
    return new LogLoss();
  }

  /**
   * Returns the mean squared difference between the probability of class 1 and the target, 0 or 1;
   * with three or more classes, summed over the classes.
   *
   * @return a new metric, named {@code "Brier score"}
   */
  public static Metric brierScore() {
    return new BrierScore();
  }

  /**
   * Returns the expected calibration error with 15 bins.
   *
   * @return a new metric, named {@code "expected calibration error"}
   */
  public static CalibrationError calibrationError() {
    return new CalibrationError(CalibrationError.DEFAULT_BINS);
  }

  /**
   * Returns the expected calibration error.
   *
   * @param bins the number of bins of equal width, at least 1
   * @return a new metric, named {@code "expected calibration error"}
   * @throws IllegalArgumentException if {@code bins} is below 1
   */
  public static CalibrationError calibrationError(int bins) {
    return new CalibrationError(bins);
  }

  /**
   * Returns a metric that chooses the threshold between two classes.
   *
   * @return a new metric, named {@code "best F1"}
   */
  public static Thresholds thresholds() {
    return new Thresholds();
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
   * @return a new metric, with a name such as {@code "macro F1"}
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
   * Returns the mean absolute error relative to the targets, over samples and outputs: a share, not
   * multiplied by 100. Targets are limited to 2⁻⁵² and more, as in scikit-learn, so targets of 0
   * yield very large values.
   *
   * @return a new metric, named {@code "mean absolute percentage error"}
   */
  public static Metric mape() {
    return new MeanAbsolutePercentageError();
  }

  /**
   * Returns the explained variance, averaged over the outputs: {@link #rSquared} without the part
   * of the error that is the same for all samples.
   *
   * @return a new metric, named {@code "explained variance"}
   */
  public static Metric explainedVariance() {
    return RSquared.explainedVariance();
  }

  /**
   * Returns R², the coefficient of determination, averaged over the outputs.
   *
   * @return a new metric, named {@code "R2"}
   */
  public static Metric rSquared() {
    return RSquared.rSquared();
  }

  /**
   * Returns the share of samples whose outputs are all within a tolerance of the targets.
   *
   * @param tolerance the largest accepted distance, 0 or more
   * @return a new metric, with a name such as {@code "accuracy within 0.1"}
   * @throws IllegalArgumentException if the tolerance is negative, infinite or NaN
   */
  public static Metric toleranceAccuracy(double tolerance) {
    return new ToleranceAccuracy(tolerance);
  }
}
