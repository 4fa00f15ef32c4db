package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.Labels;

/**
 * The share of samples whose class is found, {@code correct / N}.
 *
 * <p>With two or more outputs the class is the index of the largest (the first of equal ones); with
 * one output it is whether that is above one half, so the network has to give probabilities (end in
 * a sigmoid). A prediction that holds a NaN is wrong. Targets have to name one class each, by
 * {@link Labels#classOfTarget}; for several labels a sample there are {@link
 * Metrics#exactMatchRatio}, {@link Metrics#binaryAccuracy}, {@link Metrics#hammingLoss} and {@link
 * Metrics#f1Score}. Not thread-safe.
 */
public final class Accuracy implements Metric {
  private long correct;
  private long total;

  /** Starts with no sample. */
  public Accuracy() {}

  @Override
  public String name() {
    return "accuracy";
  }

  /**
   * Takes a batch into account.
   *
   * @throws org.nn4j.ShapeMismatchException if the shapes differ or are not {@code [B, out]}
   * @throws IllegalArgumentException if a target does not name one class
   */
  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "Accuracy.update", "predictions");
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    int[] expected = PredictionRows.classesOfTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      if (Labels.classOf(predicted[i]) == expected[i]) {
        correct++;
      }
    }
    total += predicted.length;
  }

  /**
   * The number of samples whose class was found.
   *
   * @return since the last reset
   */
  public long correct() {
    return correct;
  }

  @Override
  public double value() {
    return total == 0 ? Double.NaN : (double) correct / total;
  }

  @Override
  public void reset() {
    correct = 0;
    total = 0;
  }
}
