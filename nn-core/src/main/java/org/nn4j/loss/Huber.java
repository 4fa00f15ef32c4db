package org.nn4j.loss;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.internal.kernel.Formula;

/**
 * Huber's loss: squared near the target and absolute beyond δ, so outliers have less influence.
 *
 * <pre>
 * e = a − y,  c = e limited to ±δ
 * loss of a sample = share Σ c (e − c / 2)     = e² / 2 where |e| ≤ δ, else δ (|e| − δ / 2)
 * dA = share C                                 share = 1 (SUM) or 1 / out (MEAN)
 * </pre>
 *
 * <p>Source: Huber, "Robust Estimation of a Location Parameter" (Annals of Statistics 53, 1964).
 * Shapes: {@code [B, out]}. Thread-safe.
 *
 * @param delta δ, above 0
 * @param overOutputs whether outputs are summed or averaged
 */
record Huber(double delta, SumOrMean overOutputs) implements Loss {
  private static final Formula.Samplewise<Huber> FORMULA =
      Formula.ofSamples(Huber::loop, Huber::loop, Huber::operations);

  /** Default of δ, as in Keras and PyTorch. */
  static final double DEFAULT_DELTA = 1;

  Huber {
    Require.positive(delta, "Huber", "delta");
  }

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
    float most = (float) Math.min(delta, Float.MAX_VALUE);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      float error = a[j] - y[j];
      float bounded = Math.min(Math.max(error, -most), most);
      sum += bounded * (error - bounded / 2);
      a[j] = factor * bounded;
    }
    return share * sum;
  }

  private double loop(double[] a, double[] y, int at, int out) {
    double share = overOutputs.share(out);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      double error = a[j] - y[j];
      double bounded = Math.min(Math.max(error, -delta), delta);
      sum += bounded * (error - bounded / 2);
      a[j] = share * bounded;
    }
    return share * sum;
  }

  private void operations(INDArray a, INDArray y, INDArray perSample, INDArray gradient) {
    double share = overOutputs.share(a.size(1));
    try (INDArray error = a.sub(y)) {
      gradient.assign(error);
      // An infinite float δ would turn an infinite error into NaN.
      double most = a.dataType() == DataType.FLOAT ? Math.min(delta, Float.MAX_VALUE) : delta;
      Transforms.max(gradient, -most, false);
      Transforms.min(gradient, most, false);
      try (INDArray half = gradient.mul(0.5)) {
        error.subi(half);
      }
      error.muli(gradient);
      error.sum(perSample, 1);
    }
    perSample.muli(share);
    gradient.muli(share);
  }

  @Override
  public String toString() {
    return "Huber loss (delta " + delta + ", " + overOutputs + " over outputs)";
  }
}
