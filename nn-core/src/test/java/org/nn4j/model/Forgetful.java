package org.nn4j.model;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;

/** A layer that delegates to another and does not return its activation. */
public record Forgetful(Layer inner) implements Layer {
  @Override
  public INDArray forward(INDArray x, Pass pass) {
    return inner.forward(x, pass);
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    return inner.backward(dY, pass);
  }

  @Override
  public List<Parameter> parameters() {
    return inner.parameters();
  }

  @Override
  public Shape outputShape() {
    return inner.outputShape();
  }
}
