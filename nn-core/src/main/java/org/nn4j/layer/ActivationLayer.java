package org.nn4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ActivatedLayer;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.activation.Activations;
import org.nn4j.internal.SizedSpec;

/**
 * Activation as a layer of its own: {@code A = σ(X)}, {@code dX = σ'(X) dA}.
 *
 * <p>Thread-safe under the conditions of {@link Layer}.
 */
public final class ActivationLayer implements ActivatedLayer {
  record Spec(Activation activation) implements SizedSpec {
    Spec {
      Require.notNull(activation, "ActivationLayer", "activation");
    }

    @Override
    public Size size(Shape input) {
      return new Size(0, input);
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(input, "ActivationLayer.build", "input");
      Require.notNull(type, "ActivationLayer.build", "type");
      Require.notNull(random, "ActivationLayer.build", "random");
      return new ActivationLayer(input, type, activation);
    }

    @Override
    public String toString() {
      return "Activation(" + activation + ")";
    }
  }

  private final Shape shape;
  private final DataType type;
  private final Activation activation;

  private ActivationLayer(Shape shape, DataType type, Activation activation) {
    this.shape = shape;
    this.type = type;
    this.activation = activation;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, shape, type, this, "input");
    INDArray a = pass.buffer(this, "A", type, x.shape());
    activation.forward(x, a);
    pass.keep(this, "X or A", activation.needsPreActivation() ? x : a);
    return a;
  }

  @Override
  public INDArray backward(INDArray dA, Pass pass) {
    Require.notNull(dA, this, "gradient");
    Require.notNull(pass, this, "pass");
    INDArray kept = pass.kept(this, "X or A");
    Require.like(kept, dA, this, "gradient");
    INDArray dX = pass.buffer(this, "dX", type, kept.shape());
    activation.backward(dA, kept, dX);
    return dX;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Shape outputShape() {
    return shape;
  }

  @Override
  public Activation activation() {
    return activation;
  }

  @Override
  public Layer withoutActivation() {
    return new ActivationLayer(shape, type, Activations.identity());
  }

  @Override
  public String toString() {
    return "Activation(" + activation + ")";
  }
}
