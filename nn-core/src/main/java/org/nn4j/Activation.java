package org.nn4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Function {@code A = σ(Z)} of the pre-activations of a batch, with its derivative.
 *
 * <p>Implementations have no state and are thread-safe. Two that compute the same function are
 * equal (make them records), so that a {@link Loss} can be fused with its activation.
 */
public interface Activation {
  /**
   * Computes σ(Z).
   *
   * @param z the pre-activations {@code [B, ...]}; not changed unless {@code a} is the same array
   * @param a receives σ(Z); of the shape of {@code z}, or {@code z} itself
   */
  void forward(INDArray z, INDArray a);

  /**
   * Computes {@code dZ = σ'(Z) dA}.
   *
   * @param dA ∂L/∂A; not changed
   * @param kept {@code A}, or {@code Z} if {@link #needsPreActivation()}; not changed
   * @param dZ receives ∂L/∂Z; another array of the same shape
   */
  void backward(INDArray dA, INDArray kept, INDArray dZ);

  /**
   * Returns whether the derivative is computed from {@code Z} rather than from {@code A}.
   *
   * @return false by default
   */
  default boolean needsPreActivation() {
    return false;
  }

  /**
   * Returns whether this belongs to the ReLU family, which halves the variance of signals; the
   * default initialization is then He's instead of Glorot's.
   *
   * @return false by default
   */
  default boolean isRectifier() {
    return false;
  }
}
