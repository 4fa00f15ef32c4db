package org.nn4j.activation;

import org.nn4j.Activation;

/** Makes activations; import its methods statically. Thread-safe. */
public final class Activations {
  private Activations() {}

  /**
   * The logistic sigmoid.
   *
   * @return {@link Sigmoid}
   */
  public static Activation sigmoid() {
    return new Sigmoid();
  }

  /**
   * The hyperbolic tangent.
   *
   * @return {@link Tanh}
   */
  public static Activation tanh() {
    return new Tanh();
  }

  /**
   * The rectified linear unit.
   *
   * @return {@link Relu}
   */
  public static Activation relu() {
    return new Relu();
  }

  /**
   * The leaky rectified linear unit with slope {@value LeakyRelu#DEFAULT_SLOPE}.
   *
   * @return {@link LeakyRelu}
   */
  public static Activation leakyRelu() {
    return leakyRelu(LeakyRelu.DEFAULT_SLOPE);
  }

  /**
   * The leaky rectified linear unit.
   *
   * @param slope the slope below 0; 0 or more
   * @return {@link LeakyRelu}
   * @throws IllegalArgumentException if the slope is negative, infinite or NaN
   */
  public static Activation leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  /**
   * The exponential linear unit with α = {@value Elu#DEFAULT_ALPHA}.
   *
   * @return {@link Elu}
   */
  public static Activation elu() {
    return elu(Elu.DEFAULT_ALPHA);
  }

  /**
   * The exponential linear unit.
   *
   * @param alpha α: far below 0 the output is −α; 0 or more
   * @return {@link Elu}
   * @throws IllegalArgumentException if α is negative, infinite or NaN
   */
  public static Activation elu(double alpha) {
    return new Elu(alpha);
  }

  /**
   * The Gaussian error linear unit, exact.
   *
   * @return {@link Gelu}
   */
  public static Activation gelu() {
    return new Gelu();
  }

  /**
   * The sigmoid-weighted linear unit, also called swish.
   *
   * @return {@link Silu}
   */
  public static Activation silu() {
    return new Silu();
  }

  /**
   * The smooth positive part, {@code log(1 + e^Z)}.
   *
   * @return {@link Softplus}
   */
  public static Activation softplus() {
    return new Softplus();
  }

  /**
   * The softmax by row.
   *
   * @return {@link Softmax}
   */
  public static Activation softmax() {
    return new Softmax();
  }

  /**
   * No activation.
   *
   * @return {@link Identity}
   */
  public static Activation identity() {
    return new Identity();
  }
}
