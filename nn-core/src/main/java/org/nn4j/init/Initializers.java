package org.nn4j.init;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.Require;

/**
 * Factory of initializers, for static import. Thread-safe.
 *
 * <p>The fan-in of a parameter is its first dimension, the fan-out its last.
 */
public final class Initializers {
  private Initializers() {}

  /**
   * Returns the default for weights before an activation: He for the ReLU family, else Glorot, both
   * normal.
   *
   * @param activation the activation
   * @return {@link #he()} or {@link #glorot()}
   */
  public static Initializer defaultFor(Activation activation) {
    Require.notNull(activation, "Initializers.defaultFor", "activation");
    return activation.isRectifier() ? he() : glorot();
  }

  /**
   * Returns elements from N(0, 1).
   *
   * @return the initializer
   */
  public static Initializer normal() {
    return normal(0, 1);
  }

  /**
   * Returns elements from N(mean, standardDeviation²).
   *
   * @param mean the mean
   * @param standardDeviation above 0
   * @return the initializer
   */
  public static Initializer normal(double mean, double standardDeviation) {
    return new Normal(mean, standardDeviation);
  }

  /**
   * Returns elements from N(mean, standardDeviation²) within two standard deviations of the mean.
   *
   * @param mean the mean
   * @param standardDeviation that of the distribution before truncation; above 0
   * @return the initializer
   * @throws IllegalArgumentException if the mean is not finite or the deviation not positive
   */
  public static Initializer truncatedNormal(double mean, double standardDeviation) {
    return new TruncatedNormal(mean, standardDeviation);
  }

  /**
   * Returns elements from U(low, high).
   *
   * @param low the lower end
   * @param high the upper end, above {@code low}
   * @return the initializer
   * @throws IllegalArgumentException if an end is not finite, or they are not in this order
   */
  public static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /**
   * Returns Glorot's (Xavier's) normal initialization, of variance 2 / (fan-in + fan-out).
   *
   * @return the initializer
   */
  public static Initializer glorot() {
    return new Glorot(false);
  }

  /**
   * Returns Glorot's (Xavier's) uniform initialization, of variance 2 / (fan-in + fan-out).
   *
   * @return the initializer
   */
  public static Initializer glorotUniform() {
    return new Glorot(true);
  }

  /**
   * Returns He's (Kaiming's) normal initialization, of variance 2 / fan-in.
   *
   * @return the initializer
   */
  public static Initializer he() {
    return new He(false);
  }

  /**
   * Returns He's (Kaiming's) uniform initialization, of variance 2 / fan-in.
   *
   * @return the initializer
   */
  public static Initializer heUniform() {
    return new He(true);
  }

  /**
   * Returns LeCun's normal initialization, of variance 1 / fan-in.
   *
   * @return the initializer
   */
  public static Initializer lecun() {
    return new LeCun(false);
  }

  /**
   * Returns LeCun's uniform initialization, of variance 1 / fan-in.
   *
   * @return the initializer
   */
  public static Initializer lecunUniform() {
    return new LeCun(true);
  }

  /**
   * Returns a random orthogonal matrix.
   *
   * @return the initializer
   */
  public static Initializer orthogonal() {
    return orthogonal(Orthogonal.DEFAULT_GAIN);
  }

  /**
   * Returns a random orthogonal matrix times a gain.
   *
   * @param gain above 0
   * @return the initializer
   * @throws IllegalArgumentException if the gain is not positive and finite
   */
  public static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /**
   * Returns the elements of an array.
   *
   * @param values of the parameter's shape; copied
   * @return the initializer
   */
  public static Initializer given(INDArray values) {
    Require.notNull(values, "Initializers.given", "values");
    return new GivenArray(values);
  }

  /**
   * Returns zeros.
   *
   * @return the initializer
   */
  public static Initializer zeros() {
    return new Constant(0);
  }

  /**
   * Returns one value for all elements.
   *
   * @param value the value
   * @return the initializer
   */
  public static Initializer constant(double value) {
    return new Constant(value);
  }
}
