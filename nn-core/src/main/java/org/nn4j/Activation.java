package org.nn4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function {@code A = σ(Z)} of the pre-activations of a batch, and its derivative.
 *
 * <p>Implementations have no state and are thread-safe. Two that compute the same function are
 * equal (make them records), so that a {@link Loss} can name the activation it belongs to.
 */
public interface Activation {
  /**
   * Writes σ(Z).
   *
   * @param z the pre-activations {@code [B, ...]}; not changed unless {@code a} is the same array
   * @param a receives σ(Z); of the shape of {@code z}, or {@code z} itself
   */
  void forward(INDArray z, INDArray a);

  /**
   * Writes {@code dZ = σ'(Z) dA}.
   *
   * @param dA ∂L/∂A; not changed
   * @param kept {@code A}, or {@code Z} if {@link #needsPreActivation()}; not changed
   * @param dZ receives ∂L/∂Z; an array of its own, of the same shape
   */
  void backward(INDArray dA, INDArray kept, INDArray dZ);

  /**
   * Whether the derivative is computed from {@code Z} rather than from {@code A}.
   *
   * @return false unless overridden
   */
  default boolean needsPreActivation() {
    return false;
  }

  /**
   * Whether this is of the ReLU family, which halves the variance of what passes; layers then start
   * from He's weights instead of Glorot's.
   *
   * @return false unless overridden
   */
  default boolean isRectifier() {
    return false;
  }
}
