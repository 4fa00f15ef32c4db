package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.Labels;

/**
 * The share of samples whose class is found, {@code correct / N}.
 *
 * <p>With two or more outputs the class is the index of the largest (the first of equal ones); with
 * one output it is whether that is above one half. A row that holds a NaN is wrong. Not
 * thread-safe.
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

  @Override
  public void update(INDArray predictions, INDArray targets) {
    Require.notNull(predictions, "Accuracy.update", "predictions");
    double[][] predicted = Rows.of(predictions, name(), "predictions");
    double[][] expected = Rows.ofTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      int found = Labels.classOf(predicted[i]);
      if (found != Labels.NO_CLASS && found == Labels.classOf(expected[i])) {
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
