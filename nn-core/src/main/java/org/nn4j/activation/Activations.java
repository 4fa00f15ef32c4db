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
