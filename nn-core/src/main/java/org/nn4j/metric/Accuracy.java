package org.nn4j.metric;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.data.Labels;

/**
 * Share of correctly classified samples, {@code correct / N}.
 *
 * <p>With two or more outputs the class is the index of the largest output, the first of equal
 * ones. With one output it is 1 above 0.5, else 0, so the network must end in a sigmoid. A
 * prediction that contains NaN is wrong. Targets must have one class each, by {@link
 * Labels#classOfTarget}. Not thread-safe.
 */
final class Accuracy extends MeanMetric {
  Accuracy() {
    super("accuracy");
  }

  @Override
  public boolean needsProbabilities(int outputs) {
    return outputs == 1;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    double[][] predicted = PredictionRows.of(predictions, name(), "predictions");
    int[] expected = PredictionRows.classesOfTargets(predictions, targets, name());
    for (int i = 0; i < predicted.length; i++) {
      add(Labels.classOf(predicted[i]) == expected[i] ? 1 : 0);
    }
  }
}
