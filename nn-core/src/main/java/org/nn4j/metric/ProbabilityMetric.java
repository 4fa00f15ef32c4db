package org.nn4j.metric;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean over the samples of a term of the probabilities and the true class. Not thread-safe. */
abstract class ProbabilityMetric extends MeanMetric {
  ProbabilityMetric(String name) {
    super(name);
  }

  /**
   * Returns the term of one sample.
   *
   * @param p the outputs of the sample; a single one is the probability of class 1
   * @param trueClass the index of the class
   * @param epsilon the machine epsilon of the predictions
   */
  abstract double term(double[] p, int trueClass, double epsilon);

  @Override
  public final boolean needsProbabilities(int outputs) {
    return true;
  }

  @Override
  public final void update(INDArray predictions, INDArray targets) {
    int[] classes = PredictionRows.classesOfTargets(predictions, targets, name());
    double[][] rows = PredictionRows.probabilities(predictions, name());
    double epsilon = predictions.dataType() == DataType.DOUBLE ? 0x1p-52 : 0x1p-23;
    for (int i = 0; i < rows.length; i++) {
      add(term(rows[i], classes[i], epsilon));
    }
  }
}
