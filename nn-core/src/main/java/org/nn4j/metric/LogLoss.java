package org.nn4j.metric;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mean negative logarithm of the probability of the true class.
 *
 * <pre>
 * q      = p limited to [ε, 1 − ε]       ε = 2⁻⁵², 2⁻²³ for FLOAT predictions
 * value  = − Σ log (q(i, yᵢ) / Σ q(i, j)) / N
 * </pre>
 *
 * <p>One output p is the probability of class 1, and that of class 0 is 1 − p. scikit-learn's
 * {@code log_loss}. NaN if a prediction is NaN. Not thread-safe.
 */
final class LogLoss extends MeanMetric {
  private static final double EPSILON = 0x1p-52;
  private static final double EPSILON_OF_FLOATS = 0x1p-23;

  LogLoss() {
    super("log loss");
  }

  @Override
  public boolean needsProbabilities(int outputs) {
    return true;
  }

  @Override
  public void update(INDArray predictions, INDArray targets) {
    int[] classes = PredictionRows.classesOfTargets(predictions, targets, name());
    double[][] p = PredictionRows.probabilities(predictions, name());
    double epsilon = predictions.dataType() == DataType.DOUBLE ? EPSILON : EPSILON_OF_FLOATS;
    for (int i = 0; i < p.length; i++) {
      double[] row = p[i].length == 1 ? new double[] {1 - p[i][0], p[i][0]} : p[i];
      double sum = 0;
      for (double each : row) {
        sum += limited(each, epsilon);
      }
      add(-Math.log(limited(row[classes[i]], epsilon) / sum));
    }
  }

  private static double limited(double p, double epsilon) {
    return Math.min(Math.max(p, epsilon), 1 - epsilon);
  }
}
