package org.nn4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.kernel.Kernel;

/**
 * Weights of samples in a loss.
 *
 * <pre>
 * L = Σ w loss / B        ∂L/∂prediction of a sample = w ∂loss/∂prediction / B
 * </pre>
 */
final class SampleWeights {
  private SampleWeights() {}

  /**
   * Multiplies the losses and the gradients of samples by their weights.
   *
   * @param perSample {@code [B]}
   * @param gradient {@code [B, out]}
   * @param weights {@code [B, 1]}
   * @throws IllegalArgumentException if the weights have another shape or data type
   */
  static void weigh(INDArray perSample, INDArray gradient, INDArray weights, Loss loss) {
    Require.batch(weights, Shape.of(1), gradient.dataType(), loss, "weights");
    Require.that(
        weights.size(0) == gradient.size(0),
        loss.toString(),
        "one weight for each of " + gradient.size(0) + " samples",
        weights.size(0),
        "pass one row of weights for each sample");
    Kernel.scaleRows(perSample, weights);
    Kernel.scaleRows(gradient, weights);
  }
}
