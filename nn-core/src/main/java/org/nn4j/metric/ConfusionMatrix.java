package org.nn4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Labels;
import org.nn4j.internal.Checks;

/**
 * Counts of samples by true and predicted class, and the scores that follow from them.
 *
 * <pre>
 * n(t, p)      samples of class t that were predicted as class p
 * TP(c) = n(c, c)      FP(c) = Σ n(t, c) over t ≠ c      FN(c) = support(c) − TP(c)
 *
 * precision(c) = TP / (TP + FP)             of those predicted as c, the share that is c
 * recall(c)    = TP / (TP + FN)             of those that are c, the share predicted as c
 * F1(c)        = 2 TP / (2 TP + FP + FN)    their harmonic mean
 * value()      = Σ TP / N                   the accuracy
 * </pre>
 *
 * <p>A score of 0 / 0, such as the precision of a class that is never predicted, is 0, as with
 * scikit-learn's {@code zero_division=0}. The averages are over all classes of the matrix, also
 * those without a sample. A prediction that holds a NaN names no class: it is counted with the
 * support of its true class and is a true positive of none. With one output the classes are 0 and 1
 * (above one half). Not thread-safe.
 */
public final class ConfusionMatrix implements Metric {
  private final List<String> labels;
  private final int classes;
  private final long[][] counts;
  private final long[] unpredicted;

  /**
   * Starts with no sample; the classes are labeled by their numbers.
   *
   * @param classes the number of classes, 2 or more
   * @throws IllegalArgumentException if there are fewer than two
   */
  public ConfusionMatrix(int classes) {
    this(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /**
   * Starts with no sample.
   *
   * @param labels what the classes are called in the table, in the order of the outputs
   * @throws IllegalArgumentException if there are fewer than two
   */
  public ConfusionMatrix(List<String> labels) {
    Checks.noNulls(labels, "ConfusionMatrix", "labels");
    Require.that(labels.size() >= 2, "ConfusionMatrix", "2 or more classes", labels.size());
    this.labels = List.copyOf(labels);
    this.classes = labels.size();
    this.counts = new long[classes][classes];
    this.unpredicted = new long[classes];
  }

  @Override
  public String name() {
    return "confusion matrix accuracy";
  }

  /**
   * Takes a batch into account.
   *
   * @throws ShapeMismatchException if the shapes differ or are not {@code [B, classes]}
   * @throws IllegalArgumentException if a target does not name one class, by {@link
   *     Labels#classOfTarget}
   */
  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "ConfusionMatrix.update", "predictions");
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    Require.sameShape(predictions, targets, name(), "targets");
    boolean oneOutput = classes == 2 && predictions.size(1) == 1;
    if (predictions.size(1) != classes && !oneOutput) {
      throw new ShapeMismatchException(
          name(),
          "predictions [B, " + classes + "]",
          Arrays.toString(predictions.shape()),
          "make the matrix for as many classes as the network has outputs");
    }
    int[] truth = PredictionRows.classesOfTargets(predictions, targets, name());
    for (int i = 0; i < truth.length; i++) {
      add(truth[i], Labels.classOf(predicted[i]));
    }
  }

  private void add(int truth, int prediction) {
    if (prediction == Labels.NO_CLASS) {
      unpredicted[truth]++;
    } else {
      counts[truth][prediction]++;
    }
  }

  /**
   * The number of classes.
   *
   * @return at least 2
   */
  public int classes() {
    return classes;
  }

  /**
   * The number of samples of one class that were predicted as one class.
   *
   * @param truth the true class
   * @param prediction the predicted class
   * @return {@code n(truth, prediction)} since the last reset
   */
  public long count(int truth, int prediction) {
    return counts[truth][prediction];
  }

  /**
   * The number of samples of a class whose prediction named no class, because it held a NaN.
   *
   * @param truth the true class
   * @return since the last reset
   */
  public long unpredicted(int truth) {
    return unpredicted[truth];
  }

  /**
   * The number of samples of a class.
   *
   * @param label the class
   * @return since the last reset
   */
  public long support(int label) {
    return LongStream.of(counts[label]).sum() + unpredicted[label];
  }

  /**
   * Of the samples that were predicted as a class, the share that is of it.
   *
   * @param label the class
   * @return from 0 to 1; 0 if the class was never predicted
   */
  public double precision(int label) {
    return share(counts[label][label], predicted(label));
  }

  /**
   * Of the samples of a class, the share that was predicted as it.
   *
   * @param label the class
   * @return from 0 to 1; 0 if the class has no sample
   */
  public double recall(int label) {
    return share(counts[label][label], support(label));
  }

  /**
   * The harmonic mean of precision and recall of a class.
   *
   * @param label the class
   * @return from 0 to 1; 0 if the class has no sample and was never predicted
   */
  public double f1(int label) {
    // 2 TP + FP + FN = (TP + FP) + (TP + FN)
    return share(2 * counts[label][label], predicted(label) + support(label));
  }

  /**
   * The precision over all classes.
   *
   * @param average how the classes become one number
   * @return from 0 to 1; 0 without a sample
   */
  public double precision(Average average) {
    Require.notNull(average, "ConfusionMatrix.precision", "average");
    return average.of(
        classes, this::support, this::precision, share(correct(), sum(this::predicted)));
  }

  /**
   * The recall over all classes.
   *
   * @param average how the classes become one number
   * @return from 0 to 1; 0 without a sample
   */
  public double recall(Average average) {
    Require.notNull(average, "ConfusionMatrix.recall", "average");
    return average.of(classes, this::support, this::recall, share(correct(), total()));
  }

  /**
   * The F1 score over all classes.
   *
   * @param average how the classes become one number
   * @return from 0 to 1; 0 without a sample
   */
  public double f1(Average average) {
    Require.notNull(average, "ConfusionMatrix.f1", "average");
    return average.of(
        classes, this::support, this::f1, share(2 * correct(), sum(this::predicted) + total()));
  }

  /** TP + FP. */
  private long predicted(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
  }

  private long correct() {
    return sum(c -> counts[c][c]);
  }

  /**
   * The number of samples.
   *
   * @return since the last reset
   */
  public long total() {
    return sum(this::support);
  }

  private long sum(IntToLongFunction count) {
    return IntStream.range(0, classes).mapToLong(count).sum();
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /**
   * The accuracy.
   *
   * @return the share of samples whose class was found; NaN if there was none
   */
  @Override
  public double value() {
    return total() == 0 ? Double.NaN : share(correct(), total());
  }

  @Override
  public void reset() {
    for (long[] row : counts) {
      Arrays.fill(row, 0);
    }
    Arrays.fill(unpredicted, 0);
  }

  /** The counts as a table: a row for each true class, a column for each predicted one. */
  @Override
  public String toString() {
    return new ConfusionTable(this, labels).toString();
  }
}
