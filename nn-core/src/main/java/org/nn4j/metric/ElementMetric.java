package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean of a function of prediction and target, over samples and outputs. Summed in double
 * precision; NaN if a prediction is NaN. Not thread-safe.
 */
abstract class ElementMetric extends MeanMetric {
  ElementMetric(String name) {
    super(name);
  }

  /** Returns the term of one output of one sample. */
  abstract double term(double prediction, double target);

  @Override
  public final void update(INDArray predictions, INDArray targets) {
    double[][] a = PredictionRows.of(predictions, name(), "predictions");
    double[][] y = PredictionRows.ofTargets(predictions, targets, name());
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        add(term(a[i][j], y[i][j]));
      }
    }
  }
}
