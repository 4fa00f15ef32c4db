package org.nn4j.init;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.init.VarianceScaling.Scale;

/** Makes initializers; import its methods statically. Thread-safe. */
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
    Require.notNull(activation, "Initializers.defaultFor", "activation");
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
   * Numbers from N(mean, standardDeviation²) no farther from the mean than two standard deviations.
   *
   * @param mean the mean
   * @param standardDeviation that of the distribution before the cut; above 0
   * @return {@link TruncatedNormal}
   * @throws IllegalArgumentException if the mean is not finite or the deviation not positive
   */
  public static Initializer truncatedNormal(double mean, double standardDeviation) {
    return new TruncatedNormal(mean, standardDeviation);
  }

  /**
   * Numbers from U(low, high).
   *
   * @param low the lower end
   * @param high the upper end, above {@code low}
   * @return {@link Uniform}
   * @throws IllegalArgumentException if an end is not finite, or they are not in this order
   */
  public static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /**
   * Glorot's (Xavier's) initialization, normal.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer glorot() {
    return new VarianceScaling(Scale.GLOROT, false);
  }

  /**
   * Glorot's (Xavier's) initialization, uniform.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer glorotUniform() {
    return new VarianceScaling(Scale.GLOROT, true);
  }

  /**
   * He's (Kaiming's) initialization, normal.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer he() {
    return new VarianceScaling(Scale.HE, false);
  }

  /**
   * He's (Kaiming's) initialization, uniform.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer heUniform() {
    return new VarianceScaling(Scale.HE, true);
  }

  /**
   * LeCun's initialization, normal.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer lecun() {
    return new VarianceScaling(Scale.LECUN, false);
  }

  /**
   * LeCun's initialization, uniform.
   *
   * @return {@link VarianceScaling}
   */
  public static Initializer lecunUniform() {
    return new VarianceScaling(Scale.LECUN, true);
  }

  /**
   * A random orthogonal matrix.
   *
   * @return {@link Orthogonal} with gain {@value Orthogonal#DEFAULT_GAIN}
   */
  public static Initializer orthogonal() {
    return orthogonal(Orthogonal.DEFAULT_GAIN);
  }

  /**
   * A random orthogonal matrix times a gain.
   *
   * @param gain above 0
   * @return {@link Orthogonal}
   * @throws IllegalArgumentException if the gain is not positive and finite
   */
  public static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }

  /**
   * The numbers of an array.
   *
   * @param values of the parameter's shape; copied
   * @return {@link Given}
   */
  public static Initializer given(INDArray values) {
    Require.notNull(values, "Initializers.given", "values");
    return new Given(values);
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
