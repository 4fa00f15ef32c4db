package org.nn4j.loss;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Probabilities whose logarithm is finite. */
final class ClampedProbabilities {
  private ClampedProbabilities() {}

  /** Returns a new array with the smallest normal number as lower bound; NaN stays NaN. */
  static INDArray atLeastSmallest(INDArray probabilities) {
    INDArray p = Transforms.max(probabilities, smallest(probabilities.dataType()), true);
    // ND4J's max drops NaN; x − x is 0, or NaN for NaN.
    try (INDArray nothing = probabilities.sub(probabilities)) {
      return p.addi(nothing);
    }
  }

  private static double smallest(DataType type) {
    return type == DataType.DOUBLE ? Double.MIN_NORMAL : Float.MIN_NORMAL;
  }
}
