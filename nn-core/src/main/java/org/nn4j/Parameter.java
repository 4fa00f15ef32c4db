package org.nn4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.ParameterArrays;

/**
 * Named array that training changes, with the gradient of the loss.
 *
 * <p>A layer creates its parameters with separate arrays. A network packs all parameters into one
 * vector (see {@link ParameterVector}) when it is built, and each parameter becomes a view of its
 * range. A layer therefore calls {@link #value()} and {@link #gradient()} at each use and keeps
 * neither.
 *
 * <p>Reading values from many threads is safe as long as no thread changes them.
 */
public final class Parameter {
  /** Role of a parameter; weight decay and penalties apply to weights only. */
  public enum Role {
    /** Factor of an input. */
    WEIGHT,
    /** Summand, or scale after a normalization; never decayed. */
    BIAS,
    /** Statistic of the data, not trained; its gradient stays zero. */
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
   * Creates a parameter with a gradient of zeros.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param role its role
   * @param initial its initial value, of any shape; not copied, and still the caller's, unlike with
   *     {@link #owning}
   */
  public Parameter(String name, Role role, INDArray initial) {
    this(name, role, initial, false);
  }

  private Parameter(String name, Role role, INDArray initial, boolean isOwner) {
    Require.notNull(name, "Parameter", "name");
    Require.notNull(role, "Parameter", "role");
    Require.notNull(initial, "Parameter", "initial");
    Require.that(
        !initial.isEmpty(),
        "Parameter",
        "an array of one element or more as '" + name + "'",
        Arrays.toString(initial.shape()),
        "omit a parameter without elements");
    this.name = name;
    this.role = role;
    this.arrays = new ParameterArrays(name, initial, isOwner);
  }

  /**
   * Returns a parameter that owns its initial value. Its memory is freed when the parameter is
   * packed into the vector of a network.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param role its role
   * @param initial its initial value, of any shape; owned by the parameter
   * @return a parameter with a gradient of zeros
   */
  public static Parameter owning(String name, Role role, INDArray initial) {
    return new Parameter(name, role, initial, true);
  }

  /**
   * Returns the name within the layer.
   *
   * @return such as {@code "weight"}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the role.
   *
   * @return the role
   */
  public Role role() {
    return role;
  }

  /**
   * Returns the value θ.
   *
   * @return the live array
   * @throws IllegalStateException if the network was closed
   */
  public INDArray value() {
    return arrays.value();
  }

  /**
   * Returns the sum of the gradients ∂L/∂θ of all backward passes since the last {@link
   * #zeroGrad()}.
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
   * Returns whether optimizers skip this parameter.
   *
   * @return false until {@link #freeze(boolean)} is called
   */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * Sets whether optimizers skip this parameter.
   *
   * @param freeze whether to skip it
   */
  public void freeze(boolean freeze) {
    frozen = freeze;
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(arrays.shape());
  }
}
