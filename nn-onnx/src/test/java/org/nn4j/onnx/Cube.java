package org.nn4j.onnx;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;

/** An activation of a user. */
record Cube() implements Activation {
  @Override
  public void forward(INDArray z, INDArray a) {
    a.assign(z.mul(z).mul(z));
  }

  @Override
  public void backward(INDArray dA, INDArray z, INDArray dZ) {
    dZ.assign(z.mul(z).mul(3).mul(dA));
  }

  @Override
  public boolean needsPreActivation() {
    return true;
  }
}
