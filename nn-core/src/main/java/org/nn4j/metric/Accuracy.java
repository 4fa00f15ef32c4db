package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;

/**
 * The share of samples whose class is found, {@code correct / N}.
 *
 * <p>With two or more outputs the class is the index of the largest (the first of equal ones); with
 * one output it is whether that is above one half. A prediction that is not a number is wrong. Not
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
    Require.sameShape(predictions, targets, name(), "targets");
    double[][] predicted = predictions.toDoubleMatrix();
    double[][] expected = targets.toDoubleMatrix();
    for (int i = 0; i < predicted.length; i++) {
      int found = classOf(predicted[i]);
      if (found >= 0 && found == classOf(expected[i])) {
        correct++;
      }
    }
    total += predicted.length;
  }

  /** The class that a row names, -1 if it holds a NaN. */
  private static int classOf(double[] row) {
    int best = 0;
    for (int j = 0; j < row.length; j++) {
      if (Double.isNaN(row[j])) {
        return -1;
      }
      if (row[j] > row[best]) {
        best = j;
      }
    }
    return row.length > 1 ? best : row[0] > 0.5 ? 1 : 0;
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
