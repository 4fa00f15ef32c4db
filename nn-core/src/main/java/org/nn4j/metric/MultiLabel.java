package org.nn4j.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;

/**
 * Score of samples with any number of labels: targets {@code [B, labels]} of 0 and 1.
 *
 * <pre>
 * p(i, j) = 1 where prediction(i, j) &gt; threshold, else 0      threshold = 0.5 by default
 * TP(j), FP(j), FN(j), TN(j)                                  counts of label j over the samples
 *
 * exact match ratio = |{i : p(i, j) = y(i, j) for every j}| / N
 * Hamming loss      = Σ (FP + FN) / (N labels)
 * binary accuracy   = Σ (TP + TN) / (N labels)                1 − Hamming loss
 * F1(j)             = 2 TP / (2 TP + FP + FN)                 averaged over the labels, or of the sums
 * </pre>
 *
 * <p>An F1 of 0 / 0, for a label that no sample has and that is never predicted, is 0, as in
 * scikit-learn with {@code zero_division=0}. A prediction that is NaN is wrong: a false negative or
 * a false positive. Created by {@link Metrics}. Not thread-safe.
 */
public final class MultiLabel implements Metric {
  /** Default threshold, for probabilities. */
  static final double DEFAULT_THRESHOLD = 0.5;

  private final String name;
  private final ToDoubleFunction<MultiLabel> score;
  private final double threshold;

  /** Whether the threshold is the default, which applies to probabilities only. */
  private final boolean isDefault;

  private long samples;
  private long exact;
  private long[] truePositives = {};
  private long[] falsePositives = {};
  private long[] falseNegatives = {};

  private MultiLabel(
      String name, double threshold, boolean isDefault, ToDoubleFunction<MultiLabel> score) {
    this.name = name;
    this.score = score;
    this.isDefault = isDefault;
    this.threshold = Require.finite(threshold, name, "threshold");
  }

  private static MultiLabel of(String name, ToDoubleFunction<MultiLabel> score) {
    return new MultiLabel(name, DEFAULT_THRESHOLD, true, score);
  }

  static MultiLabel exactMatchRatio() {
    return of("exact match ratio", m -> (double) m.exact / m.samples);
  }

  static MultiLabel hammingLoss() {
    return of("Hamming loss", m -> (double) m.wrong() / m.numbers());
  }

  static MultiLabel binaryAccuracy() {
    return of("binary accuracy", m -> (double) (m.numbers() - m.wrong()) / m.numbers());
  }

  static MultiLabel f1Score(Average average) {
    return of(
        average.name().toLowerCase(Locale.ROOT) + " F1",
        m -> average.of(m.truePositives.length, m::support, m::f1, m.f1OfSums()));
  }

  /**
   * Returns the same score with another threshold, such as 0 for a network that ends in logits.
   *
   * @param limit the threshold; a label is predicted if its output is above
   * @return a new metric without a sample
   * @throws IllegalArgumentException if it is not finite
   */
  public MultiLabel threshold(double limit) {
    return new MultiLabel(name, limit, false, score);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean needsProbabilities(int outputs) {
    return isDefault;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name, "predictions");
    double[][] expected = PredictionRows.ofTargets(predictions, targets, name);
    requireBinary(expected);
    int labels = Math.toIntExact(predictions.size(1));
    if (samples == 0) {
      truePositives = new long[labels];
      falsePositives = new long[labels];
      falseNegatives = new long[labels];
    }
    if (labels != truePositives.length) {
      throw new ShapeMismatchException(
          name,
          "predictions [B, " + truePositives.length + "] like those before",
          Arrays.toString(predictions.shape()),
          "call reset() before measuring another network");
    }
    for (int i = 0; i < predicted.length; i++) {
      add(predicted[i], expected[i]);
    }
  }

  private void requireBinary(double[][] targets) {
    for (int i = 0; i < targets.length; i++) {
      for (int j = 0; j < targets[i].length; j++) {
        double target = targets[i][j];
        if (target != 0 && target != 1) {
          throw new IllegalArgumentException(
              Require.message(
                  name,
                  "targets 0 or 1",
                  target + " in row " + i + ", column " + j + " of the batch",
                  "pass 1 for each label that a sample has and 0 for the others"));
        }
      }
    }
  }

  private void add(double[] predicted, double[] expected) {
    samples++;
    boolean isExact = true;
    for (int j = 0; j < predicted.length; j++) {
      boolean isThere = expected[j] == 1;
      boolean isPredicted = Double.isNaN(predicted[j]) ? !isThere : predicted[j] > threshold;
      isExact &= isPredicted == isThere;
      truePositives[j] += isPredicted && isThere ? 1 : 0;
      falsePositives[j] += isPredicted && !isThere ? 1 : 0;
      falseNegatives[j] += !isPredicted && isThere ? 1 : 0;
    }
    exact += isExact ? 1 : 0;
  }

  private long numbers() {
    return samples * truePositives.length;
  }

  private long wrong() {
    return LongStream.of(falsePositives).sum() + LongStream.of(falseNegatives).sum();
  }

  private long support(int label) {
    return truePositives[label] + falseNegatives[label];
  }

  private double f1(int label) {
    return f1(truePositives[label], falsePositives[label] + falseNegatives[label]);
  }

  private double f1OfSums() {
    return f1(LongStream.of(truePositives).sum(), wrong());
  }

  private static double f1(long truePositives, long wrong) {
    return ConfusionMatrix.share(2 * truePositives, 2 * truePositives + wrong);
  }

  @Override
  public double value() {
    return samples == 0 ? Double.NaN : score.applyAsDouble(this);
  }

  @Override
  public void reset() {
    samples = 0;
    exact = 0;
  }
}
