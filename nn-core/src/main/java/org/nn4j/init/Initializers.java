package org.nn4j.init;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.init.VarianceScaling.Scale;

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
   * Returns numbers from N(0, 1).
   *
   * @return an initializer
   */
  public static Initializer normal() {
    return normal(0, 1);
  }

  /**
   * Returns numbers from N(mean, standardDeviation²).
   *
   * @param mean the mean
   * @param standardDeviation above 0
   * @return an initializer
   */
  public static Initializer normal(double mean, double standardDeviation) {
    return new Normal(mean, standardDeviation);
  }

  /**
   * Returns numbers from N(mean, standardDeviation²) within two standard deviations of the mean.
   *
   * @param mean the mean
   * @param standardDeviation that of the distribution before truncation; above 0
   * @return an initializer
   * @throws IllegalArgumentException if the mean is not finite or the deviation not positive
   */
  public static Initializer truncatedNormal(double mean, double standardDeviation) {
    return new TruncatedNormal(mean, standardDeviation);
  }

  /**
   * Returns numbers from U(low, high).
   *
   * @param low the lower end
   * @param high the upper end, above {@code low}
   * @return an initializer
   * @throws IllegalArgumentException if an end is not finite, or they are not in this order
   */
  public static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /**
   * Returns Glorot's (Xavier's) normal initialization, of variance 2 / (fan-in + fan-out).
   *
   * @return an initializer
   */
  public static Initializer glorot() {
    return new VarianceScaling(Scale.GLOROT, false);
  }

  /**
   * Returns Glorot's (Xavier's) uniform initialization, of variance 2 / (fan-in + fan-out).
   *
   * @return an initializer
   */
  public static Initializer glorotUniform() {
    return new VarianceScaling(Scale.GLOROT, true);
  }

  /**
   * Returns He's (Kaiming's) normal initialization, of variance 2 / fan-in.
   *
   * @return an initializer
   */
  public static Initializer he() {
    return new VarianceScaling(Scale.HE, false);
  }

  /**
   * Returns He's (Kaiming's) uniform initialization, of variance 2 / fan-in.
   *
   * @return an initializer
   */
  public static Initializer heUniform() {
    return new VarianceScaling(Scale.HE, true);
  }

  /**
   * Returns LeCun's normal initialization, of variance 1 / fan-in.
   *
   * @return an initializer
   */
  public static Initializer lecun() {
    return new VarianceScaling(Scale.LECUN, false);
  }

  /**
   * Returns LeCun's uniform initialization, of variance 1 / fan-in.
   *
   * @return an initializer
   */
  public static Initializer lecunUniform() {
    return new VarianceScaling(Scale.LECUN, true);
  }

  /**
   * Returns a random orthogonal matrix.
   *
   * @return an initializer
   */
  public static Initializer orthogonal() {
    return orthogonal(Orthogonal.DEFAULT_GAIN);
  }

  /**
   * Returns a random orthogonal matrix times a gain.
   *
   * @param gain above 0
   * @return an initializer
   * @throws IllegalArgumentException if the gain is not positive and finite
   */
  public static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /**
   * Returns the numbers of an array.
   *
   * @param values of the parameter's shape; copied
   * @return an initializer
   */
  public static Initializer given(INDArray values) {
    Require.notNull(values, "Initializers.given", "values");
    return new Given(values);
  }

  /**
   * Returns zeros.
   *
   * @return an initializer
   */
  public static Initializer zeros() {
    return new Constant(0);
  }

  /**
   * Returns the same number everywhere.
   *
   * @param value the number
   * @return an initializer
   */
  public static Initializer constant(double value) {
    return new Constant(value);
  }
}
