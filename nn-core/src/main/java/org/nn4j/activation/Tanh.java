package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.kernel.Kernel;

/**
 * The hyperbolic tangent.
 *
 * <pre>
 * A  = tanh Z
 * dZ = (1 − A²) dA
 * </pre>
 *
 * <p>Finite for every finite {@code Z}. Shapes: any. Thread-safe.
 */
public record Tanh() implements Activation {
  @Override
  public void forward(INDArray z, INDArray a) {
    Kernel.tanh(z, a);
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    Kernel.tanhGradient(dA, a, dZ);
  }

  @Override
  public String toString() {
    return "tanh";
  }
}
