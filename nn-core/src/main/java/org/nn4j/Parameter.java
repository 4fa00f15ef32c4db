package org.nn4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.ParameterArrays;

/**
 * A named array that training changes, and the gradient of the loss by it.
 *
 * <p>A layer makes its parameters with arrays of their own. When a network is built it packs all
 * parameters into one vector (see {@link ParameterVector}) and each parameter becomes a view of its
 * range: so a layer asks for {@link #value()} and {@link #gradient()} at each use and keeps
 * neither.
 *
 * <p>Reading values from many threads is safe as long as no thread changes them.
 */
public final class Parameter {
  /** What a parameter is for; weight decay and penalties touch weights alone. */
  public enum Role {
    /** Multiplies an input. */
    WEIGHT,
    /** Is added, or scales after a normalization: never decayed. */
    BIAS,
    /** Is gathered from the data, not trained: its gradient stays zero. */
    STATISTIC
  }

  static {
    ParameterArrays.OF_PARAMETER.open(parameter -> parameter.arrays);
  }

  private final String name;
  private final Role role;
  private final ParameterArrays arrays;
  private boolean frozen;

  /**
   * A parameter with a gradient of zeros.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param role what it is for
   * @param initial its first value, of any shape; it is not copied, and stays the caller's: {@link
   *     #owning} hands it over
   */
  public Parameter(String name, Role role, INDArray initial) {
    this(name, role, initial, false);
  }

  private Parameter(String name, Role role, INDArray initial, boolean isOwner) {
    Require.notNull(name, "Parameter", "name");
    Require.notNull(role, "Parameter", "role");
    Require.notNull(initial, "Parameter", "initial");
    this.name = name;
    this.role = role;
    this.arrays = new ParameterArrays(name, initial, isOwner);
  }

  /**
   * A parameter whose first value nobody else uses: its memory is freed when a network is built of
   * the parameter, which then has a place in the vector of the network.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param role what it is for
   * @param initial its first value, of any shape; belongs to the parameter from now on
   * @return a parameter with a gradient of zeros
   */
  public static Parameter owning(String name, Role role, INDArray initial) {
    return new Parameter(name, role, initial, true);
  }

  /**
   * The name within the layer.
   *
   * @return such as {@code "weight"}
   */
  public String name() {
    return name;
  }

  /**
   * What the parameter is for.
   *
   * @return its role
   */
  public Role role() {
    return role;
  }

  /**
   * The value θ.
   *
   * @return the live array
   * @throws IllegalStateException if the network was closed
   */
  public INDArray value() {
    return arrays.value();
  }

  /**
   * The sum of the gradients ∂L/∂θ of all backward passes since the last {@link #zeroGrad()}.
   *
   * @return the live array, of the shape of the value
   * @throws IllegalStateException if the network was closed
   */
  public INDArray gradient() {
    return arrays.gradient().handOut();
  }

  /**
   * Sets the gradient to zero.
   *
   * @throws IllegalStateException if the network was closed
   */
  public void zeroGrad() {
    arrays.gradient().zero();
  }

  /**
   * Whether optimizers leave the value as it is.
   *
   * @return false until {@link #freeze(boolean)} is called
   */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * Tells optimizers to leave the value as it is, or to train it again.
   *
   * @param freeze whether to leave it
   */
  public void freeze(boolean freeze) {
    frozen = freeze;
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(arrays.shape());
  }
}
