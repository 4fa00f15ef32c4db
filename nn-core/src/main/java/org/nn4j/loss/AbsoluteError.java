package org.nn4j.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Loss;
import org.nn4j.internal.kernel.Formula;

/**
 * Absolute error, summed or averaged over outputs.
 *
 * <pre>
 * loss of a sample = share Σ |a − y|          share = 1 (SUM) or 1 / out (MEAN)
 * dA = share sign(A − Y)
 * </pre>
 *
 * <p>Where {@code a = y}, the gradient is taken as 0. Shapes: {@code [B, out]}. Thread-safe.
 *
 * @param overOutputs whether outputs are summed or averaged
 */
record AbsoluteError(SumOrMean overOutputs) implements Loss {
  private static final Formula.Samplewise<AbsoluteError> FORMULA =
      Formula.ofSamples(AbsoluteError::loop, AbsoluteError::loop, AbsoluteError::operations);

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
    float factor = (float) share;
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      float error = a[j] - y[j];
      sum += Math.abs(error);
      a[j] = factor * Math.signum(error);
    }
    return share * sum;
  }

  private double loop(double[] a, double[] y, int at, int out) {
    double share = overOutputs.share(out);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      double error = a[j] - y[j];
      sum += Math.abs(error);
      a[j] = share * Math.signum(error);
    }
    return share * sum;
  }

  private void operations(INDArray a, INDArray y, INDArray perSample, INDArray gradient) {
    double share = overOutputs.share(a.size(1));
    a.sub(y, gradient);
    try (INDArray sizes = Transforms.abs(gradient, true)) {
      sizes.sum(perSample, 1);
    }
    perSample.muli(share);
    Transforms.sign(gradient, false);
    gradient.muli(share);
  }

  @Override
  public String toString() {
    return overOutputs == SumOrMean.MEAN
        ? "mean absolute error"
        : "absolute error (sum over outputs)";
  }
}
