package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.kernel.Kernel;

/**
 * The logistic sigmoid.
 *
 * <pre>
 * A  = 1 / (1 + e^−Z)
 * dZ = A (1 − A) dA
 * </pre>
 *
 * <p>Finite for every finite {@code Z}. Shapes: any. Thread-safe.
 */
public record Sigmoid() implements Activation {
  @Override
  public void forward(INDArray z, INDArray a) {
    Kernel.sigmoid(z, a);
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    Kernel.sigmoidGradient(dA, a, dZ);
  }

  @Override
  public String toString() {
    return "sigmoid";
  }
}
