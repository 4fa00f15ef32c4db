package org.nn4j.loss;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What losses of probabilities share. */
final class Probabilities {
  private Probabilities() {}

  /**
   * Probabilities that a logarithm can be taken of, in a new array; what is not a number stays so.
   */
  static INDArray atLeastSmallest(INDArray probabilities) {
    INDArray p = Transforms.max(probabilities, smallest(probabilities.dataType()), true);
    // ND4J's max drops NaN; a number less itself is 0, and NaN less itself NaN.
    try (INDArray nothing = probabilities.sub(probabilities)) {
      return p.addi(nothing);
    }
  }

  /** The least probability that a logarithm is taken of: the smallest normal number. */
  private static double smallest(DataType type) {
    return type == DataType.DOUBLE ? Double.MIN_NORMAL : Float.MIN_NORMAL;
  }
}
