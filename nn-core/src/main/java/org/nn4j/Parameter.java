package org.nn4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.kernel.Detached;
import org.nn4j.kernel.Kernel;
import org.nn4j.kernel.Layout;

/**
 * A named array that training changes, and the gradient of the loss by it.
 *
 * <p>A layer makes its parameters with arrays of their own. When a network is built it packs all
 * parameters into one vector (see {@link ParameterVector}) and each parameter becomes a view of its
 * stretch: so a layer asks for {@link #value()} and {@link #gradient()} at each use and keeps
 * neither.
 *
 * <p>Reading values from many threads is safe as long as no thread changes them.
 */
public final class Parameter {
  /** What a parameter is for; weight decay and penalties touch weights alone. */
  public enum Role {
    /** Multiplies an input. */
    WEIGHT,
    /** Is added, or scales after a normalisation: never decayed. */
    BIAS,
    /** Is gathered from the data, not trained: its gradient stays zero. */
    STATISTIC
  }

  private final String name;
  private final Role role;
  private INDArray value;
  private INDArray gradient;
  private boolean frozen;
  private boolean packed;
  private boolean zeroDue;

  /**
   * A parameter with a gradient of zeros.
   *
   * @param name its name within the layer, such as {@code "weight"}
   * @param role what it is for
   * @param initial its first value, of any shape; it is not copied
   */
  public Parameter(String name, Role role, INDArray initial) {
    Require.notNull(name, "Parameter", "name");
    Require.notNull(role, "Parameter", "role");
    Require.notNull(initial, "Parameter", "initial");
    this.name = name;
    this.role = role;
    this.value = Layout.plain(initial);
    this.gradient = Detached.make(() -> value.ulike().assign(0));
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
   */
  public INDArray value() {
    return value;
  }

  /**
   * The sum of the gradients ∂L/∂θ of all backward passes since the last {@link #zeroGrad()}.
   *
   * @return the live array, of the shape of the value
   */
  public INDArray gradient() {
    settle();
    return gradient;
  }

  /** Sets the gradient to zero. */
  public void zeroGrad() {
    zeroDue = false;
    Kernel.clear(gradient);
  }

  /**
   * Takes over the zeros that {@link ParameterVector#zeroGradLater()} has promised and not yet
   * written, for a layer whose first product can write where it would else add:
   *
   * <pre>
   * boolean isZero = weight.takeZero();   // before gradient(), which would write the zeros
   * Kernel.addWeightGradient(x, dZ, weight.gradient(), isZero);
   * </pre>
   *
   * @return whether the gradient counts as zero whatever is in it; the caller must then write all
   *     of it. False if the gradient is to be added to
   */
  public boolean takeZero() {
    boolean taken = zeroDue;
    zeroDue = false;
    return taken;
  }

  /** Promises zeros to whoever asks for the gradient next. */
  void zeroGradLater() {
    zeroDue = true;
  }

  /** The zeros were written together with those of others. */
  void zeroIsWritten() {
    zeroDue = false;
  }

  /** Writes zeros that are still due. */
  void settle() {
    if (zeroDue) {
      zeroGrad();
    }
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

  /** Whether the value lies in the vector of a network. */
  boolean isPacked() {
    return packed;
  }

  /** Copies value and gradient to views of a packed vector and lives there from now on. */
  void moveTo(INDArray newValue, INDArray newGradient) {
    newValue.assign(value);
    newGradient.assign(gradient());
    value = newValue;
    gradient = newGradient;
    packed = true;
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(value.shape());
  }
}
