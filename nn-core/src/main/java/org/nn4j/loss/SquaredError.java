package org.nn4j.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.internal.kernel.Formula;

/**
 * Squared error, summed or averaged over outputs.
 *
 * <pre>
 * loss of a sample = share Σ (a − y)²         share = 1 (SUM) or 1 / out (MEAN)
 * dA = 2 share (A − Y)
 * </pre>
 *
 * <p>Keras and PyTorch use the mean. Shapes: {@code [B, out]}. Thread-safe.
 *
 * @param overOutputs whether outputs are summed or averaged
 */
record SquaredError(SumOrMean overOutputs) implements Loss {
  private static final Formula.Samplewise<SquaredError> FORMULA =
      Formula.ofSamples(SquaredError::loop, SquaredError::loop, SquaredError::operations);

  @Override
  public void requireTargets(INDArray targets) {
    TargetChecks.requireFinite(targets, this);
  }

  @Override
  public void compute(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    TargetChecks.requireArrays(this, predictions, targets, perSample, gradient);
    FORMULA.apply(this, predictions, targets, perSample, gradient);
  }

  private double loop(float[] a, float[] y, int at, int out) {
    double share = overOutputs.share(out);
    float factor = (float) (2 * share);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      float error = a[j] - y[j];
      sum += error * error;
      a[j] = factor * error;
    }
    return share * sum;
  }

  private double loop(double[] a, double[] y, int at, int out) {
    double share = overOutputs.share(out);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      double error = a[j] - y[j];
      sum += error * error;
      a[j] = 2 * share * error;
    }
    return share * sum;
  }

  private void operations(INDArray a, INDArray y, INDArray perSample, INDArray gradient) {
    double share = overOutputs.share(a.size(1));
    a.sub(y, gradient);
    // Not SquaredNorm, which returns the elements unchanged over a dimension of length 1.
    try (INDArray squares = gradient.mul(gradient)) {
      squares.sum(perSample, 1);
    }
    perSample.muli(share);
    gradient.muli(2 * share);
  }

  @Override
  public String toString() {
    return overOutputs == SumOrMean.MEAN
        ? "mean squared error"
        : "squared error (sum over outputs)";
  }
}
