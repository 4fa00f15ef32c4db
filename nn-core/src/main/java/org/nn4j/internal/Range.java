package org.nn4j.internal;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Range of a packed vector.
 *
 * @param from the first index
 * @param to the index after the last
 */
public record Range(long from, long to) {
  /**
   * Returns this range of a vector.
   *
   * @param vector a vector of the length of the whole
   * @return a view
   */
  public INDArray of(INDArray vector) {
    return from == 0 && to == vector.length() ? vector : vector.get(interval(from, to));
  }
}
