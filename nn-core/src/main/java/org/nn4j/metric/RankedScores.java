package org.nn4j.metric;

import java.util.Arrays;

/**
 * Scores of positive and negative samples, and the areas under their curves.
 *
 * <p>Stores every score, 8 bytes a sample. Not thread-safe.
 */
final class RankedScores {
  private static final int FIRST_CAPACITY = 64;

  private final Scores positives = new Scores();
  private final Scores negatives = new Scores();
  private boolean holdsNaN;
  private boolean isFinite = true;

  /** Growing list of numbers. */
  private static final class Scores {
    private double[] values = new double[FIRST_CAPACITY];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value + 0.0; // −0 becomes 0, which sorts apart from it
    }

    void sort() {
      Arrays.sort(values, 0, size);
    }

    /** Returns the index below all elements equal to the one at an index. */
    int below(double value, int index) {
      int i = index;
      while (i >= 0 && values[i] == value) {
        i--;
      }
      return i;
    }

    double at(int index) {
      return index < 0 ? Double.NEGATIVE_INFINITY : values[index];
    }
  }

  /** Consumer of the counts of samples with a threshold or a higher score. */
  @FunctionalInterface
  interface ThresholdConsumer {
    void accept(double score, int truePositives, int falsePositives);
  }

  void add(double score, boolean isPositive) {
    holdsNaN |= Double.isNaN(score);
    isFinite &= Double.isFinite(score);
    (isPositive ? positives : negatives).add(score);
  }

  int positives() {
    return positives.size;
  }

  int negatives() {
    return negatives.size;
  }

  boolean holdsNaN() {
    return holdsNaN;
  }

  boolean isFinite() {
    return isFinite;
  }

  /** Passes each distinct score as a threshold, in descending order. There must be no NaN. */
  void descending(ThresholdConsumer consumer) {
    positives.sort();
    negatives.sort();
    int p = positives.size - 1;
    int n = negatives.size - 1;
    while (p >= 0 || n >= 0) {
      double score = Math.max(positives.at(p), negatives.at(n));
      p = positives.below(score, p);
      n = negatives.below(score, n);
      consumer.accept(score, positives.size - 1 - p, negatives.size - 1 - n);
    }
  }

  /**
   * Returns the probability that a positive sample has a larger score than a negative one, equal
   * scores counted half.
   *
   * <pre>
   * ROC AUC = (|{s⁺ &gt; s⁻}| + |{s⁺ = s⁻}| / 2) / (P N)
   * </pre>
   *
   * @return NaN without a positive or without a negative sample, or with a NaN
   */
  double rocAuc() {
    if (holdsNaN || positives.size == 0 || negatives.size == 0) {
      return Double.NaN;
    }
    long[] before = new long[2];
    long[] twice = new long[1]; // twice the area of the steps, in pairs: a whole number
    descending(
        (score, tp, fp) -> {
          twice[0] += (tp + before[0]) * (fp - before[1]);
          before[0] = tp;
          before[1] = fp;
        });
    return twice[0] / (2.0 * positives.size * negatives.size);
  }

  /**
   * Returns the average precision, the area under the steps of precision over recall.
   *
   * <pre>
   * Σ (Rₙ − Rₙ₋₁) Pₙ   over the distinct scores, in descending order
   * </pre>
   *
   * @return 0 without a positive sample; NaN without a sample, or with a NaN
   */
  double averagePrecision() {
    if (holdsNaN || positives.size + negatives.size == 0) {
      return Double.NaN;
    }
    if (positives.size == 0) {
      return 0;
    }
    int[] before = new int[1];
    double[] sum = new double[1];
    descending(
        (score, tp, fp) -> {
          sum[0] += (double) (tp - before[0]) / positives.size * tp / ((double) tp + fp);
          before[0] = tp;
        });
    return sum[0];
  }
}
