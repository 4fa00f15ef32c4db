package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.kernel.Kernel;

/**
 * The rectified linear unit.
 *
 * <pre>
 * A  = max(Z, 0)
 * dZ = dA where A &gt; 0, else 0
 * </pre>
 *
 * <p>At {@code Z = 0}, where no derivative exists, it is taken as 0. Source: Nair and Hinton,
 * "Rectified Linear Units Improve Restricted Boltzmann Machines" (ICML 2010). Shapes: any.
 * Thread-safe.
 */
public record Relu() implements Activation {
  @Override
  public void forward(INDArray z, INDArray a) {
    Kernel.relu(z, a);
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    Kernel.reluGradient(dA, a, dZ);
  }

  @Override
  public boolean isRectifier() {
    return true;
  }

  @Override
  public String toString() {
    return "relu";
  }
}
