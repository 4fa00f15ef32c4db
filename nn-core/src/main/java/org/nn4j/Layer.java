package org.nn4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A differentiable function of a batch, with parameters.
 *
 * <p>A layer is complete from the moment it exists: its input shape is known and its parameters
 * have values. It holds nothing of a pass; that lives in the {@link Pass}. So {@code forward} with
 * a pass of its own for each thread is thread-safe as long as no thread changes parameters.
 *
 * <p>To write a layer, implement this interface and a {@link LayerSpec} that makes it. Its {@code
 * toString()} is the name it goes by in messages and in the table of a network.
 */
public interface Layer {
  /**
   * Computes the output of the layer and keeps in the pass what {@link #backward} needs.
   *
   * @param x the input {@code [B, in...]}; it is not changed
   * @param pass the pass
   * @return the output {@code [B, out...]}, valid until the next forward on this pass
   * @throws ShapeMismatchException if the shape of {@code x} is not that of the layer
   */
  INDArray forward(INDArray x, Pass pass);

  /**
   * ADDS ∂L/∂θ to the gradient of each parameter and computes ∂L/∂x. Two calls double the
   * gradients.
   *
   * @param dY ∂L/∂y, of the shape of the last forward's output; it is not changed
   * @param pass the pass of that forward
   * @return ∂L/∂x, of the shape of the input, valid until the next backward on this pass
   * @throws IllegalStateException if there was no forward on this pass
   */
  INDArray backward(INDArray dY, Pass pass);

  /**
   * What {@link #backward} does, for a caller who does not read ∂L/∂x: training, at the first
   * layer. Overridden where the saving is worth it.
   *
   * @param dY ∂L/∂y, of the shape of the last forward's output; it is not changed
   * @param pass the pass of that forward
   * @throws IllegalStateException if there was no forward on this pass
   */
  default void backwardParameters(INDArray dY, Pass pass) {
    backward(dY, pass);
  }

  /**
   * The parameters, in a fixed order.
   *
   * @return the same parameters at each call; empty if the layer has none
   */
  List<Parameter> parameters();

  /**
   * The shape of one sample of the output.
   *
   * @return the shape, without the batch
   */
  Shape outputShape();

  /** Sets the gradient of each parameter to zero. */
  default void zeroGrad() {
    parameters().forEach(Parameter::zeroGrad);
  }
}
