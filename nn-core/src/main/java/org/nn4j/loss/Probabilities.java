package org.nn4j.loss;

import org.nd4j.linalg.api.buffer.DataType;

/** What losses of probabilities share. */
final class Probabilities {
  private Probabilities() {}

  /** The least probability that a logarithm is taken of: the smallest normal number. */
  static double smallest(DataType type) {
    return type == DataType.DOUBLE ? Double.MIN_NORMAL : Float.MIN_NORMAL;
  }
}
