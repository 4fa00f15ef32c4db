package org.nn4j.init;

import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.init.VarianceScaling.Scale;

/** Makes initialisers; import its methods statically. Thread-safe. */
public final class Initializers {
  private Initializers() {}

  /**
   * The default weights of a layer that ends in an activation: He's for the ReLU family, else
   * Glorot's, both normal.
   *
   * @param activation the activation
   * @return {@link #he()} or {@link #glorot()}
   */
  public static Initializer defaultFor(Activation activation) {
    return activation.isRectifier() ? he() : glorot();
  }

  /**
   * Numbers from N(0, 1).
   *
   * @return {@link Normal}
   */
  public static Initializer normal() {
    return normal(0, 1);
  }

  /**
   * Numbers from N(mean, standardDeviation²).
   *
   * @param mean the mean
   * @param standardDeviation above 0
   * @return {@link Normal}
   */
  public static Initializer normal(double mean, double standardDeviation) {
    return new Normal(mean, standardDeviation);
  }

  /**
   * Glorot's (Xavier's) initialisation, normal.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer glorot() {
    return new VarianceScaling(Scale.GLOROT, false);
  }

  /**
   * Glorot's (Xavier's) initialisation, uniform.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer glorotUniform() {
    return new VarianceScaling(Scale.GLOROT, true);
  }

  /**
   * He's (Kaiming's) initialisation, normal.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer he() {
    return new VarianceScaling(Scale.HE, false);
  }

  /**
   * He's (Kaiming's) initialisation, uniform.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer heUniform() {
    return new VarianceScaling(Scale.HE, true);
  }

  /**
   * Zeros.
   *
   * @return {@link Constant}
   */
  public static Initializer zeros() {
    return new Constant(0);
  }

  /**
   * The same number everywhere.
   *
   * @param value the number
   * @return {@link Constant}
   */
  public static Initializer constant(double value) {
    return new Constant(value);
  }
}
