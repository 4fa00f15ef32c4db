package org.nn4j.optim;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ParameterVector;
import org.nn4j.kernel.Kernel;

/** The weights of a packed vector with all else as 0, in an array that is made once. */
final class Weights {
  private @Nullable INDArray kept;

  /** The weights, in an array that the caller may change and the next call fills anew. */
  INDArray of(ParameterVector parameters) {
    INDArray values = parameters.values();
    INDArray w = kept;
    if (w == null || w.length() != values.length() || w.dataType() != values.dataType()) {
      w = values.ulike();
      kept = w;
    }
    Kernel.multiply(values, parameters.weightMask(), w);
    return w;
  }
}
