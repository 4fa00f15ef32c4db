package org.nn4j.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.kernel.Kernel;

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
    Kernel.softmaxCrossEntropy(logits, targets, perSample, gradient);
  }

  @Override
  public String toString() {
    return "softmax cross-entropy on logits";
  }
}
