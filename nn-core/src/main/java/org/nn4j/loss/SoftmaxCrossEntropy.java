package org.nn4j.loss;

import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;

/**
 * The softmax and the cross-entropy as one function of the logits.
 *
 * <pre>
 * S = Z − max Z                         (by row)
 * loss of a sample = − Σ y (s − log Σ e^s)
 * dZ = (A Σ y − Y) / B,  A = softmax Z  (Σ y = 1 for one-hot and soft targets)
 * </pre>
 *
 * <p>Exact for any finite logits: nothing overflows, and no logarithm of 0 is taken. Shapes: {@code
 * [B, classes]}. Thread-safe.
 */
public record SoftmaxCrossEntropy() implements Loss {
  @Override
  public void compute(INDArray logits, INDArray targets, INDArray perSample, INDArray gradient) {
    try (INDArray highest = logits.max(true, 1);
        INDArray s = logits.sub(highest);
        INDArray e = exp(s, true);
        INDArray sums = e.sum(true, 1);
        INDArray logSums = log(sums, true);
        INDArray targetSums = targets.sum(true, 1)) {
      s.subi(logSums);
      s.muli(targets);
      s.sum(perSample, 1);
      perSample.negi();

      targetSums.divi(sums);
      e.mul(targetSums, gradient);
      gradient.subi(targets);
      gradient.divi(logits.size(0));
    }
  }

  @Override
  public String toString() {
    return "softmax cross-entropy on logits";
  }
}
