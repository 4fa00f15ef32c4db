package org.nn4j.loss;

import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Activation;
import org.nn4j.Shape;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Functions;

/**
 * Softmax and cross-entropy as one function of the logits.
 *
 * <pre>
 * S = Z − max Z                         (by row)
 * loss of a sample = − Σ t (s − log Σ e^s)
 * dZ = A Σ t − T,  A = softmax Z  (Σ t = 1 for one-hot and soft targets)
 * </pre>
 *
 * <p>T is defined by {@link ClassificationLoss}. Exact for any finite logits: nothing overflows,
 * and no logarithm of 0 is taken. A difference of two logits beyond the largest finite number
 * counts as that number. A network must end without activation, or in one whose outputs are
 * unbounded. Shapes: {@code [B, K]}.
 *
 * @param classTargets T
 * @param name the name of the loss that the user chose, for messages
 */
record SoftmaxCrossEntropy(ClassTargets classTargets, String name) implements ClassificationLoss {
  private static final Formula.Samplewise<SoftmaxCrossEntropy> FORMULA =
      Formula.ofSamples(
          SoftmaxCrossEntropy::loop, SoftmaxCrossEntropy::loop, SoftmaxCrossEntropy::operations);

  SoftmaxCrossEntropy(ClassTargets classTargets) {
    this(classTargets, "softmax cross-entropy on logits");
  }

  @Override
  public SoftmaxCrossEntropy withLabelSmoothing(double epsilon) {
    return new SoftmaxCrossEntropy(classTargets.withSmoothing(epsilon), name);
  }

  @Override
  public SoftmaxCrossEntropy withClassWeights(double... weights) {
    return new SoftmaxCrossEntropy(classTargets.withWeights(weights), name);
  }

  @Override
  public void requireOutput(Shape output, @Nullable Activation last) {
    OutputChecks.requireClasses(this, output, "sigmoidBinaryCrossEntropy()");
    OutputChecks.requireLogits(this, last, "crossEntropy()", "softmax");
    classTargets.requireClasses(output.size());
  }

  @Override
  public void requireTargets(INDArray targets) {
    TargetChecks.requireDistributions(targets, this);
  }

  @Override
  public void compute(INDArray logits, INDArray targets, INDArray perSample, INDArray gradient) {
    TargetChecks.requireArrays(this, logits, targets, perSample, gradient);
    if (classTargets.asGiven()) {
      FORMULA.apply(this, logits, targets, perSample, gradient);
    } else {
      classTargets.compute(targets, gradient);
      FORMULA.apply(this, logits, gradient, perSample, gradient);
    }
  }

  private double loop(float[] z, float[] t, int at, int n) {
    float highest = z[at];
    for (int j = at + 1; j < at + n; j++) {
      highest = Math.max(highest, z[j]);
    }
    double sum = 0;
    double targetSum = 0;
    double inner = 0;
    for (int j = at; j < at + n; j++) {
      float s = Math.max(z[j] - highest, -Float.MAX_VALUE); // 0 * -Infinity is NaN
      double e = Functions.exp(s);
      z[j] = (float) e;
      sum += e;
      targetSum += t[j];
      inner += t[j] * s;
    }
    double factor = targetSum / sum;
    for (int j = at; j < at + n; j++) {
      z[j] = (float) (z[j] * factor - t[j]);
    }
    return targetSum * Math.log(sum) - inner;
  }

  private double loop(double[] z, double[] t, int at, int n) {
    double highest = z[at];
    for (int j = at + 1; j < at + n; j++) {
      highest = Math.max(highest, z[j]);
    }
    double sum = 0;
    double targetSum = 0;
    double inner = 0;
    for (int j = at; j < at + n; j++) {
      double s = Math.max(z[j] - highest, -Double.MAX_VALUE);
      z[j] = Math.exp(s);
      sum += z[j];
      targetSum += t[j];
      inner += t[j] * s;
    }
    double factor = targetSum / sum;
    for (int j = at; j < at + n; j++) {
      z[j] = z[j] * factor - t[j];
    }
    return targetSum * Math.log(sum) - inner;
  }

  private void operations(INDArray z, INDArray t, INDArray perSample, INDArray gradient) {
    try (INDArray highest = z.max(true, 1);
        INDArray s = z.sub(highest);
        INDArray e = exp(s, true);
        INDArray sums = e.sum(true, 1);
        INDArray logSums = log(sums, true);
        INDArray targetSums = t.sum(true, 1)) {
      double largest = z.dataType() == DataType.DOUBLE ? Double.MAX_VALUE : Float.MAX_VALUE;
      Transforms.max(s, -largest, false); // 0 * -Infinity is NaN
      s.subi(logSums);
      s.muli(t);
      s.sum(perSample, 1);
      perSample.negi();

      targetSums.divi(sums);
      e.muli(targetSums);
      e.sub(t, gradient); // which may be t
    }
  }

  @Override
  public boolean weighsClasses() {
    return !classTargets.weights().isEmpty();
  }

  @Override
  public String toString() {
    return name + classTargets;
  }
}
