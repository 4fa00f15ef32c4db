package org.nn4j.model;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ActivatedLayer;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.activation.Identity;

/**
 * A chain of layers, which is itself a layer.
 *
 * <pre>
 * forward    A₀ = X,  Aₗ = layerₗ(Aₗ₋₁),  the output is the last A
 * backward   the same chain from the last layer to the first
 * </pre>
 *
 * <p>{@link #predict} is safe from many threads at once as long as no thread trains. Training
 * ({@link #forward(INDArray)}, {@link #backward(INDArray)}, {@link #zeroGrad()}) is for one thread.
 */
public final class Network implements ActivatedLayer {
  private final Shape input;
  private final DataType type;
  private final List<Layer> layers;
  private final ParameterVector parameters;
  private final Pass trainingPass = Pass.training();

  Network(Shape input, DataType type, List<Layer> layers) {
    this(
        input,
        type,
        layers,
        ParameterVector.pack(type, layers.stream().map(Layer::parameters).toList()));
  }

  private Network(Shape input, DataType type, List<Layer> layers, ParameterVector parameters) {
    this.input = input;
    this.type = type;
    this.layers = List.copyOf(layers);
    this.parameters = parameters;
  }

  /**
   * Starts a network.
   *
   * @param inputShape the shape of one sample, such as {@code 784}
   * @return a builder
   * @throws IllegalArgumentException if a dimension is not positive
   */
  public static NetworkBuilder builder(long... inputShape) {
    return new NetworkBuilder(Shape.of(inputShape));
  }

  /**
   * The answer of the network. Thread-safe; no state is left behind.
   *
   * @param x {@code [B, in...]}, of the network's data type
   * @return a new array {@code [B, out...]}
   * @throws org.nn4j.ShapeMismatchException if the shape does not fit
   * @throws IllegalArgumentException if the data type does not fit
   */
  public INDArray predict(INDArray x) {
    try (Pass pass = Pass.inference()) {
      return forward(x, pass).dup('c');
    }
  }

  /**
   * Forward on the network's own training pass.
   *
   * @param x {@code [B, in...]}
   * @return the output {@code [B, out...]}, valid until the next forward
   */
  public INDArray forward(INDArray x) {
    return forward(x, trainingPass);
  }

  /**
   * Backward on the network's own training pass: adds to the gradients.
   *
   * @param dY ∂L/∂output
   * @return ∂L/∂input, valid until the next backward
   * @throws IllegalStateException if there was no forward
   */
  public INDArray backward(INDArray dY) {
    return backward(dY, trainingPass);
  }

  /**
   * The pass of {@link #forward(INDArray)} and {@link #backward(INDArray)}, which a loss shares.
   *
   * @return the network's own training pass
   */
  public Pass trainingPass() {
    return trainingPass;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.batch(x, input, type, "Network", "input");
    INDArray a = x;
    for (Layer layer : layers) {
      a = layer.forward(a, pass);
    }
    return a;
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    return layers.get(0).backward(backwardToFirst(dY, pass), pass);
  }

  @Override
  public void backwardParameters(INDArray dY, Pass pass) {
    layers.get(0).backwardParameters(backwardToFirst(dY, pass), pass);
  }

  /** Goes back through all layers but the first, and gives ∂L/∂ its output. */
  private INDArray backwardToFirst(INDArray dY, Pass pass) {
    INDArray gradient = dY;
    for (int i = layers.size() - 1; i > 0; i--) {
      gradient = layers.get(i).backward(gradient, pass);
    }
    return gradient;
  }

  @Override
  public void zeroGrad() {
    parameters.zeroGrad();
  }

  /**
   * All parameters, packed into one vector of values and one of gradients.
   *
   * @return the live vectors
   */
  @Override
  public ParameterVector parameters() {
    return parameters;
  }

  /**
   * The layers.
   *
   * @return first to last
   */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * Tells optimizers to leave the parameters of some layers as they are. Their gradients are
   * computed all the same.
   *
   * @param indices the layers, counted from 0
   * @throws IllegalArgumentException if there is no such layer
   */
  public void freeze(int... indices) {
    setFrozen(true, indices);
  }

  /**
   * Lets optimizers train the parameters of some layers again.
   *
   * @param indices the layers, counted from 0
   * @throws IllegalArgumentException if there is no such layer
   */
  public void unfreeze(int... indices) {
    setFrozen(false, indices);
  }

  private void setFrozen(boolean frozen, int... indices) {
    for (int index : indices) {
      Require.that(
          index >= 0 && index < layers.size(),
          "Network",
          "a layer from 0 to " + (layers.size() - 1),
          index);
      layers.get(index).parameters().forEach(parameter -> parameter.freeze(frozen));
    }
  }

  /**
   * The shape of one sample of the input.
   *
   * @return the shape, without the batch
   */
  public Shape inputShape() {
    return input;
  }

  @Override
  public Shape outputShape() {
    return layers.get(layers.size() - 1).outputShape();
  }

  /**
   * The data type of parameters, inputs and outputs.
   *
   * @return FLOAT or DOUBLE
   */
  public DataType dataType() {
    return type;
  }

  @Override
  public Activation activation() {
    return lastLayer() instanceof ActivatedLayer last ? last.activation() : new Identity();
  }

  @Override
  public Network withoutActivation() {
    if (!(lastLayer() instanceof ActivatedLayer last)) {
      return this;
    }
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(layers.size() - 1, last.withoutActivation());
    return new Network(input, type, changed, parameters);
  }

  private Layer lastLayer() {
    return layers.get(layers.size() - 1);
  }

  /** The network as a table of its layers, their output shapes and parameter counts. */
  @Override
  public String toString() {
    return Summary.of(this);
  }
}
