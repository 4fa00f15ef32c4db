package org.nn4j.internal;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.Require;
import org.nn4j.internal.memory.Layout;

/**
 * Value and gradient of a parameter: separate arrays until a network is built, then views of the
 * network's packed vectors.
 */
public final class ParameterArrays {
  /** Opened by {@link Parameter}. */
  public static final Access<Parameter, ParameterArrays> OF_PARAMETER = new Access<>();

  private final String name;
  private final boolean isOwner;
  private final GradientSum gradient;
  private INDArray value;
  private boolean isPacked;
  private boolean isClosed;

  /**
   * Creates the arrays of a parameter that belongs to no network.
   *
   * @param name the name of the parameter
   * @param initial its initial value
   * @param isOwner whether to free the initial value when it has moved
   */
  public ParameterArrays(String name, INDArray initial, boolean isOwner) {
    this.name = name;
    this.isOwner = isOwner;
    this.value = Layout.plain(initial);
    this.gradient = new GradientSum(value);
  }

  static ParameterArrays of(Parameter parameter) {
    return OF_PARAMETER.getter().apply(parameter);
  }

  /**
   * Returns the value.
   *
   * @return the live array
   * @throws IllegalStateException if the network was closed
   */
  public INDArray value() {
    requireOpen();
    return value;
  }

  /**
   * Returns the gradient.
   *
   * @return its accumulator
   * @throws IllegalStateException if the network was closed
   */
  public GradientSum gradient() {
    requireOpen();
    return gradient;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException(
          Require.message(
              "Parameter " + name,
              "a network that is open",
              "a closed one",
              "use parameters before the network is closed, and copy arrays that must outlive it"));
    }
  }

  /**
   * Returns the shape, also after the network was closed.
   *
   * @return the dimensions
   */
  public long[] shape() {
    return value.shape();
  }

  long length() {
    return value.length();
  }

  /** Returns whether the value is in the vector of a network. */
  boolean isPacked() {
    return isPacked;
  }

  /**
   * Copies value and gradient to views of packed vectors of zeros.
   *
   * @return the move to these views, which needs no memory; the old arrays are not used after it
   */
  Runnable moveTo(INDArray newValue, INDArray newGradient) {
    newValue.assign(value);
    gradient.copyTo(newGradient);
    return () -> {
      INDArray old = value;
      boolean free = isOwner && !isPacked;
      value = newValue;
      gradient.moveTo(newGradient);
      isPacked = true;
      if (free) {
        old.close();
      }
    };
  }

  /** Makes these arrays throw when the memory of the packed vectors is freed. */
  void close(DataBuffer freedValues, DataBuffer freedGradients) {
    isClosed = true;
    value.setData(freedValues);
    gradient.array().setData(freedGradients);
  }
}
