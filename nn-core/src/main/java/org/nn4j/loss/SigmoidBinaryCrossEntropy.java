package org.nn4j.loss;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Sigmoid and binary cross-entropy as one function of the logits: binary logistic regression with
 * one output, multi-label classification with several.
 *
 * <pre>
 * loss of a sample = share Σ (max(z, 0) − z y + log(1 + e^−|z|))   share = 1 (SUM) or 1 / out (MEAN)
 * dZ = share (A − Y),  A = sigmoid Z
 * </pre>
 *
 * <p>Exact for any finite logits. Targets outside 0 to 1 are refused. A network must end without
 * activation, or in one whose outputs are unbounded. Metrics are computed on its logits, so their
 * threshold is 0: {@link org.nn4j.metric.MultiLabel#threshold}. Shapes: {@code [B, out]}.
 * Thread-safe.
 *
 * @param overOutputs whether outputs are summed or averaged
 * @param name the name of the loss that the user chose, for messages
 */
record SigmoidBinaryCrossEntropy(SumOrMean overOutputs, String name) implements Loss {
  private static final Formula.Samplewise<SigmoidBinaryCrossEntropy> FORMULA =
      Formula.ofSamples(
          SigmoidBinaryCrossEntropy::loop,
          SigmoidBinaryCrossEntropy::loop,
          SigmoidBinaryCrossEntropy::operations);

  SigmoidBinaryCrossEntropy(SumOrMean overOutputs) {
    this(overOutputs, "sigmoid binary cross-entropy on logits");
  }

  @Override
  public void requireOutput(Shape output, @Nullable Activation last) {
    Require.notNull(output, this, "output");
    OutputChecks.requireLogits(this, last, "binaryCrossEntropy()", "sigmoid");
  }

  @Override
  public void requireTargets(INDArray targets) {
    TargetChecks.requireProbabilities(targets, this);
  }

  @Override
  public void compute(INDArray logits, INDArray targets, INDArray perSample, INDArray gradient) {
    TargetChecks.requireArrays(this, logits, targets, perSample, gradient);
    FORMULA.apply(this, logits, targets, perSample, gradient);
  }

  private double loop(float[] z, float[] y, int at, int out) {
    double share = overOutputs.share(out);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      double e = Functions.exp(-Math.abs(z[j]));
      sum += Math.max(z[j], 0) - z[j] * (double) y[j] + Math.log1p(e);
      double sigmoid = (z[j] < 0 ? e : 1) / (1 + e);
      z[j] = (float) ((sigmoid - y[j]) * share);
    }
    return share * sum;
  }

  private double loop(double[] z, double[] y, int at, int out) {
    double share = overOutputs.share(out);
    double sum = 0;
    for (int j = at; j < at + out; j++) {
      double e = Math.exp(-Math.abs(z[j]));
      sum += Math.max(z[j], 0) - z[j] * y[j] + Math.log1p(e);
      double sigmoid = (z[j] < 0 ? e : 1) / (1 + e);
      z[j] = (sigmoid - y[j]) * share;
    }
    return share * sum;
  }

  private void operations(INDArray z, INDArray y, INDArray perSample, INDArray gradient) {
    double share = overOutputs.share(z.size(1));
    try (INDArray terms = Transforms.abs(z, true);
        INDArray products = z.mul(y)) {
      terms.negi();
      Transforms.exp(terms, false);
      Transforms.log1p(terms, false);
      terms.subi(products);
      Nd4j.exec(new RectifiedLinear(z, gradient, 0));
      terms.addi(gradient);
      terms.sum(perSample, 1);
    }
    perSample.muli(share);

    Nd4j.exec(new Sigmoid(z, gradient));
    gradient.subi(y);
    gradient.muli(share);
  }

  @Override
  public String toString() {
    return name + " (" + overOutputs + " over outputs)";
  }
}
