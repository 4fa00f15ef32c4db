package org.nn4j.activation;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.kernel.Kernel;

/**
 * The softmax of each row: positive numbers that sum to 1.
 *
 * <pre>
 * A  = e^(Z − m) / Σ e^(Z − m),  m = max Z      (by row)
 * dZ = A (dA − Σ dA A)                          (by row)
 * </pre>
 *
 * <p>The maximum is taken off so that no exponent overflows; it cancels. At the end of a network
 * and before a cross-entropy the two are computed as one function of {@code Z}, see {@link
 * org.nn4j.Loss#fusion()}. Shapes: {@code [B, ..., out]}, a row being what lies along the last
 * axis. Thread-safe.
 */
public record Softmax() implements Activation {
  @Override
  public void forward(INDArray z, INDArray a) {
    Kernel.softmax(z, a);
  }

  @Override
  public void backward(INDArray dA, INDArray a, INDArray dZ) {
    Kernel.softmaxGradient(dA, a, dZ);
  }

  @Override
  public String toString() {
    return "softmax";
  }
}
