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
 * Counts of samples by true and predicted class, and their scores.
 *
 * <pre>
 * n(t, p)      samples of class t that were predicted as class p
 * TP(c) = n(c, c)      FP(c) = Σ n(t, c) over t ≠ c      FN(c) = support(c) − TP(c)
 *
 * precision(c) = TP / (TP + FP)             share of class c among the samples predicted as c
 * recall(c)    = TP / (TP + FN)             share predicted as c among the samples of class c
 * F1(c)        = 2 TP / (2 TP + FP + FN)    their harmonic mean
 * value()      = Σ TP / N                   the accuracy; NaN without a sample
 *
 * balanced accuracy = mean of recall(c) over the classes that have a sample
 * Cohen's kappa     = (pₒ − pₑ) / (1 − pₑ)    pₒ = Σ TP / N,  pₑ = Σ support(c) predicted(c) / N²
 * Matthews          = (N Σ TP − Σ support(c) predicted(c))
 *                     / √((N² − Σ support(c)²) (N² − Σ predicted(c)²))
 * </pre>
 *
 * <p>A score of 0 / 0, such as the precision of a class that is never predicted, is 0, as in
 * scikit-learn with {@code zero_division=0}. Averages are over all classes of the matrix, including
 * those without a sample. A prediction that contains NaN has no class: it counts only for the
 * support of its true class. With one output the classes are 0 and 1 (above 0.5). All counts are
 * since the last reset. Not thread-safe.
 */
public final class ConfusionMatrix implements Metric {
  private static final String NAME = "confusion matrix accuracy";

  private final String name;
  private final List<String> labels;
  private final int classes;
  private final long[][] counts;
  private final long[] unpredicted;

  /** Returns a matrix under another name in messages; classes are labeled by their indices. */
  static ConfusionMatrix named(String name, int classes) {
    return new ConfusionMatrix(
        name, IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /** The classes are labeled by their indices. */
  static ConfusionMatrix of(int classes) {
    return named(NAME, classes);
  }

  ConfusionMatrix(List<String> labels) {
    this(NAME, labels);
  }

  private ConfusionMatrix(String name, List<String> labels) {
    this.name = name;
    Checks.noNulls(labels, "ConfusionMatrix", "labels");
    Require.that(labels.size() >= 2, "ConfusionMatrix", "2 or more classes", labels.size());
    this.labels = List.copyOf(labels);
    this.classes = labels.size();
    this.counts = new long[classes][classes];
    this.unpredicted = new long[classes];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsProbabilities(int outputs) {
    return outputs == 1;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    Checks.sameShape(predictions, targets, name(), "targets");
    boolean oneOutput = classes == 2 && predictions.size(1) == 1;
    if (predictions.size(1) != classes && !oneOutput) {
      throw new ShapeMismatchException(
          name(),
          "predictions [B, " + classes + "]",
          Arrays.toString(predictions.shape()),
          "create the matrix with as many classes as the network has outputs");
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

  /** {@return the number of classes, 2 or more} */
  public int classes() {
    return classes;
  }

  /**
   * {@return the number of samples {@code n(truth, prediction)}}
   *
   * @param truth the true class
   * @param prediction the predicted class
   */
  public long count(int truth, int prediction) {
    return counts[truth][prediction];
  }

  /**
   * {@return the number of samples of a class whose prediction contains NaN}
   *
   * @param truth the true class
   */
  public long unpredicted(int truth) {
    return unpredicted[truth];
  }

  /**
   * {@return the number of samples of a class}
   *
   * @param label the class
   */
  public long support(int label) {
    return LongStream.of(counts[label]).sum() + unpredicted[label];
  }

  /**
   * {@return the precision of a class, from 0 to 1}
   *
   * @param label the class
   */
  public double precision(int label) {
    return share(counts[label][label], predicted(label));
  }

  /**
   * {@return the recall of a class, from 0 to 1}
   *
   * @param label the class
   */
  public double recall(int label) {
    return share(counts[label][label], support(label));
  }

  /**
   * {@return the F1 score of a class, from 0 to 1}
   *
   * @param label the class
   */
  public double f1(int label) {
    // 2 TP + FP + FN = (TP + FP) + (TP + FN)
    return share(2 * counts[label][label], predicted(label) + support(label));
  }

  /**
   * {@return the precision over all classes, from 0 to 1}
   *
   * @param average the average over the classes
   */
  public double precision(Average average) {
    Require.notNull(average, "ConfusionMatrix.precision", "average");
    return average.of(
        classes, this::support, this::precision, share(correct(), sum(this::predicted)));
  }

  /**
   * {@return the recall over all classes, from 0 to 1}
   *
   * @param average the average over the classes
   */
  public double recall(Average average) {
    Require.notNull(average, "ConfusionMatrix.recall", "average");
    return average.of(classes, this::support, this::recall, share(correct(), total()));
  }

  /**
   * {@return the F1 score over all classes, from 0 to 1}
   *
   * @param average the average over the classes
   */
  public double f1(Average average) {
    Require.notNull(average, "ConfusionMatrix.f1", "average");
    return average.of(
        classes, this::support, this::f1, share(2 * correct(), sum(this::predicted) + total()));
  }

  /** {@return the mean recall of the classes that have a sample; NaN without a sample} */
  public double balancedAccuracy() {
    return IntStream.range(0, classes)
        .filter(c -> support(c) > 0)
        .mapToDouble(this::recall)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * {@return Cohen's kappa, the agreement beyond that of chance, at most 1; NaN if only one class
   * occurs, among truth and predictions, or without a sample}
   */
  public double cohensKappa() {
    double n = total();
    double chance = byChance() / (n * n);
    return (correct() / n - chance) / (1 - chance);
  }

  /**
   * {@return Matthews' correlation of truth and prediction, from −1 to 1; 0 if all samples are of
   * one class or predicted as one, NaN without a sample}
   */
  public double mcc() {
    double n = total();
    if (n == 0) {
      return Double.NaN;
    }
    // A sample without a prediction is one of a class of its own.
    long none = LongStream.of(unpredicted).sum();
    double truths = n * n - sumOfSquares(this::support);
    double predictions = n * n - sumOfSquares(this::predicted) - (double) none * none;
    double spread = Math.sqrt(truths * predictions);
    return spread == 0 ? 0 : (n * correct() - byChance()) / spread;
  }

  private double byChance() {
    return IntStream.range(0, classes).mapToDouble(c -> (double) support(c) * predicted(c)).sum();
  }

  private double sumOfSquares(IntToLongFunction count) {
    return IntStream.range(0, classes)
        .mapToDouble(c -> Math.pow((double) count.applyAsLong(c), 2))
        .sum();
  }

  /** Returns TP + FP. */
  private long predicted(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
  }

  private long correct() {
    return sum(c -> counts[c][c]);
  }

  /** {@return the number of samples} */
  public long total() {
    return sum(this::support);
  }

  private long sum(IntToLongFunction count) {
    return IntStream.range(0, classes).mapToLong(count).sum();
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

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

  /** Returns the counts as a table: a row for each true class, a column for each predicted one. */
  @Override
  public String toString() {
    return new ConfusionTable(this, labels).toString();
  }
}
