package org.nn4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Gradient;
import org.nn4j.internal.kernel.Layout;

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
    Gradient.OF_PARAMETER.open(Parameter::openGradient);
  }

  private final String name;
  private final Role role;
  private INDArray value;
  private final Gradient gradient;
  private boolean frozen;
  private boolean packed;
  private boolean owning;
  private boolean closed;

  /**
   * A parameter with a gradient of zeros.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param role what it is for
   * @param initial its first value, of any shape; it is not copied, and stays the caller's: {@link
   *     #owning} hands it over
   */
  public Parameter(String name, Role role, INDArray initial) {
    Require.notNull(name, "Parameter", "name");
    Require.notNull(role, "Parameter", "role");
    Require.notNull(initial, "Parameter", "initial");
    this.name = name;
    this.role = role;
    this.value = Layout.plain(initial);
    this.gradient = new Gradient(value);
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
    Parameter parameter = new Parameter(name, role, initial);
    parameter.owning = true;
    return parameter;
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
    requireOpen();
    return value;
  }

  /**
   * The sum of the gradients ∂L/∂θ of all backward passes since the last {@link #zeroGrad()}.
   *
   * @return the live array, of the shape of the value
   * @throws IllegalStateException if the network was closed
   */
  public INDArray gradient() {
    requireOpen();
    return gradient.handOut();
  }

  private Gradient openGradient() {
    requireOpen();
    return gradient;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          Require.message(
              "Parameter " + name,
              "a network that is open",
              "a closed one",
              "use parameters before the network is closed, and copy what is to outlive it"));
    }
  }

  /**
   * Sets the gradient to zero.
   *
   * @throws IllegalStateException if the network was closed
   */
  public void zeroGrad() {
    requireOpen();
    gradient.zero();
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

  long length() {
    return value.length();
  }

  long[] shape() {
    return value.shape();
  }

  /** Whether the value lies in the vector of a network. */
  boolean isPacked() {
    return packed;
  }

  /**
   * Copies value and gradient to views of a packed vector of zeros.
   *
   * @return the move to these views, which needs no memory; its own arrays are not used after it
   */
  Runnable moveTo(INDArray newValue, INDArray newGradient) {
    newValue.assign(value);
    gradient.copyTo(newGradient);
    return () -> {
      INDArray old = value;
      boolean free = owning && !packed;
      value = newValue;
      gradient.moveTo(newGradient);
      packed = true;
      if (free) {
        old.close();
      }
    };
  }

  /** The memory of the packed vectors is freed; these arrays refuse any use of it. */
  void close(DataBuffer freedValues, DataBuffer freedGradients) {
    closed = true;
    value.setData(freedValues);
    gradient.array().setData(freedGradients);
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(value.shape());
  }
}
