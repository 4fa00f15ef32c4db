package org.nn4j.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Require;
import org.nn4j.kernel.Kernel;

/**
 * The squared error, summed or averaged over the outputs, averaged over the batch.
 *
 * <pre>
 * SUM    loss of a sample = Σ (a − y)²        dA = 2 (A − Y) / B
 * MEAN   loss of a sample = Σ (a − y)² / out  dA = 2 (A − Y) / (B out)
 * </pre>
 *
 * <p>The sum is the definition that the learning rate 3.0 of the classic 784-40-10 network belongs
 * to; the mean over outputs is that of Keras and PyTorch. Shapes: {@code [B, out]}. Thread-safe.
 *
 * @param overOutputs whether outputs are summed or averaged
 */
public record MeanSquaredError(Reduction overOutputs) implements Loss {
  /**
   * Checks the arguments.
   *
   * @param overOutputs whether outputs are summed or averaged
   */
  public MeanSquaredError {
    Require.notNull(overOutputs, "MeanSquaredError", "overOutputs");
  }

  @Override
  public void requireTargets(INDArray targets) {
    Targets.requireFinite(targets, this);
  }

  @Override
  public void compute(
      INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
    double share = overOutputs.share(predictions.size(1));
    Kernel.squaredError(predictions, targets, share, perSample, gradient);
  }

  @Override
  public String toString() {
    return "mean squared error (" + overOutputs + " over outputs)";
  }
}
