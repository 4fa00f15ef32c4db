package org.nn4j.activation;

import org.nn4j.Activation;

/**
 * Factory of activations {@code A = σ(Z)}, for static import. Thread-safe.
 *
 * <p>Activations of the same function are equal; their strings are {@code relu}, {@code
 * leakyRelu(0.01)}. Weights before the ReLU family (ReLU, leaky ReLU, ELU, GELU, SiLU) have He
 * initialization by default.
 */
public final class Activations {
  private Activations() {}

  /** {@return the logistic sigmoid, {@code 1 / (1 + e^−Z)}} */
  public static Activation sigmoid() {
    return new Sigmoid();
  }

  /** {@return the hyperbolic tangent} */
  public static Activation tanh() {
    return new Tanh();
  }

  /** {@return the rectified linear unit, {@code max(Z, 0)}} */
  public static Activation relu() {
    return new Relu();
  }

  /** {@return the leaky rectified linear unit with slope 0.01} */
  public static Activation leakyRelu() {
    return leakyRelu(LeakyRelu.DEFAULT_SLOPE);
  }

  /**
   * Returns the leaky rectified linear unit: {@code Z} above 0, else {@code slope Z}.
   *
   * @param slope the slope below 0; 0 or more
   * @return the activation
   * @throws IllegalArgumentException if the slope is negative, infinite or NaN
   */
  public static Activation leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  /** {@return the exponential linear unit with α = 1} */
  public static Activation elu() {
    return elu(Elu.DEFAULT_ALPHA);
  }

  /**
   * Returns the exponential linear unit: {@code Z} above 0, else {@code α (e^Z − 1)}.
   *
   * @param alpha α, 0 or more; outputs approach −α far below 0
   * @return the activation
   * @throws IllegalArgumentException if α is negative, infinite or NaN
   */
  public static Activation elu(double alpha) {
    return new Elu(alpha);
  }

  /** {@return the Gaussian error linear unit {@code Z Φ(Z)}, exact} */
  public static Activation gelu() {
    return new Gelu();
  }

  /** {@return the sigmoid-weighted linear unit (swish), {@code Z / (1 + e^−Z)}} */
  public static Activation silu() {
    return new Silu();
  }

  /** {@return the smooth positive part, {@code log(1 + e^Z)}} */
  public static Activation softplus() {
    return new Softplus();
  }

  /** {@return the softmax of each row} */
  public static Activation softmax() {
    return new Softmax();
  }

  /** {@return no activation, {@code A = Z}} */
  public static Activation identity() {
    return new Identity();
  }
}
