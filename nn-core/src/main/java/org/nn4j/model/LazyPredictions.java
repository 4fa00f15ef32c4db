package org.nn4j.model;

import java.util.Iterator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The answers of a network to one batch after the other, each computed when it is asked for. */
record LazyPredictions(Network network, Iterator<? extends INDArray> batches)
    implements Iterator<INDArray> {
  @Override
  public boolean hasNext() {
    return batches.hasNext();
  }

  @Override
  public INDArray next() {
    return network.predict(batches.next());
  }
}
