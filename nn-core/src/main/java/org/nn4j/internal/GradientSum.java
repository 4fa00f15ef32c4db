package org.nn4j.internal;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.NewArrays;

/**
 * Accumulator of the gradients of one parameter.
 *
 * <p>{@link #zero()} writes nothing: the first product after it is written instead of added, and
 * zeros are written if the sum is read before. That saves clearing and reading the memory in every
 * step. Once a user has the array, zeros are written at once. Not thread-safe.
 */
public final class GradientSum {
  private final DataType type;
  private final long[] shape;
  private @Nullable INDArray array;

  /** Whether the sum is zero, whatever the content of the array. */
  private boolean isZero = true;

  private boolean isHandedOut;

  /** Creates a gradient of zero for a parameter. */
  GradientSum(INDArray value) {
    this.type = value.dataType();
    this.shape = value.shape();
  }

  /**
   * Returns the accumulator of a parameter.
   *
   * @param parameter a parameter
   * @return its accumulator
   * @throws IllegalStateException if the network was closed
   */
  public static GradientSum of(Parameter parameter) {
    return ParameterArrays.of(parameter).gradient();
  }

  /** Sets the sum to zero. */
  public void zero() {
    isZero = true;
    if (isHandedOut) {
      array();
    }
  }

  /**
   * Returns the sum, for a caller that does not keep the array beyond the next {@link #zero()}.
   *
   * @return the live array
   */
  public INDArray array() {
    INDArray made = made();
    if (isZero) {
      Kernel.clear(made);
      isZero = false;
    }
    return made;
  }

  /**
   * Returns the sum, for a caller that may keep the array.
   *
   * @return the live array, which is always up to date afterwards
   */
  public INDArray handOut() {
    isHandedOut = true;
    return array();
  }

  /**
   * Adds the weight gradient of a batch, {@code dW += Xᵀ·dZ}.
   *
   * @param x {@code [B, in]}
   * @param dZ {@code [B, out]}
   */
  public void addProduct(INDArray x, INDArray dZ) {
    if (isZero) {
      Kernel.weightGradient(x, dZ, made());
      isZero = false;
    } else {
      Kernel.addWeightGradient(x, dZ, array());
    }
  }

  /**
   * Adds the bias gradient of a batch, {@code db += Σ dZ} over the rows.
   *
   * @param dZ {@code [B, out]}
   */
  public void addSumOfRows(INDArray dZ) {
    Kernel.addBiasGradient(dZ, array());
  }

  /** Returns the array, which is created at the first request if no network has been built. */
  private INDArray made() {
    INDArray made = array;
    if (made == null) {
      made = NewArrays.uninitialized(type, shape);
      array = made;
    }
    return made;
  }

  /** Copies the sum to an array of zeros. */
  void copyTo(INDArray zeros) {
    INDArray sum = array;
    if (sum != null && !isZero) {
      zeros.assign(sum);
    }
  }

  /** Replaces the array by a copy of the sum, which no caller has. */
  void moveTo(INDArray sum) {
    array = sum;
    isZero = false;
    isHandedOut = false;
  }
}
