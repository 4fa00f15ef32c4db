package org.nn4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Differentiable function of a batch, with parameters.
 *
 * <p>A layer is complete when it is constructed: its input shape is known and its parameters have
 * values. Intermediate results and buffers belong to the {@link Pass}. So {@code forward} with one
 * pass per thread is thread-safe as long as no thread changes parameters.
 *
 * <p>To write a layer, implement this interface and a {@link LayerSpec} that builds it. Its {@code
 * toString()} is its name in messages and in the table of a network.
 */
public interface Layer {
  /**
   * Computes the output of the layer and keeps in the pass what {@link #backward} needs.
   *
   * @param x the input {@code [B, in...]}; not changed
   * @param pass the pass
   * @return the output {@code [B, out...]}, valid until the next forward on this pass
   * @throws ShapeMismatchException if the shape of {@code x} is not that of the layer
   */
  INDArray forward(INDArray x, Pass pass);

  /**
   * Adds ∂L/∂θ to the gradient of each parameter and computes ∂L/∂x. The gradients accumulate until
   * {@link #zeroGrad()}.
   *
   * @param dY ∂L/∂y, of the shape of the last forward's output; not changed
   * @param pass the pass of that forward
   * @return ∂L/∂x, of the shape of the input, valid until the next backward on this pass
   * @throws IllegalStateException if there was no forward on this pass
   */
  INDArray backward(INDArray dY, Pass pass);

  /**
   * Adds ∂L/∂θ to the gradient of each parameter without computing ∂L/∂x, for the first layer of a
   * network. By default calls {@link #backward}; override it if that saves time.
   *
   * @param dY ∂L/∂y, of the shape of the last forward's output; not changed
   * @param pass the pass of that forward
   * @throws IllegalStateException if there was no forward on this pass
   */
  default void backwardParameters(INDArray dY, Pass pass) {
    backward(dY, pass);
  }

  /**
   * Returns the parameters, in a fixed order.
   *
   * @return the same parameters at each call; empty if the layer has none
   */
  List<Parameter> parameters();

  /**
   * Returns the shape of one sample of the output.
   *
   * @return the shape, without the batch
   */
  Shape outputShape();

  /**
   * Sets whether optimizers skip the parameters of this layer, as in {@code
   * network.layers().get(0).freeze(true)}. Their gradients are still computed.
   *
   * @param freeze whether to skip them
   */
  default void freeze(boolean freeze) {
    parameters().forEach(parameter -> parameter.freeze(freeze));
  }

  /** Sets the gradient of each parameter to zero. */
  default void zeroGrad() {
    parameters().forEach(Parameter::zeroGrad);
  }
}
