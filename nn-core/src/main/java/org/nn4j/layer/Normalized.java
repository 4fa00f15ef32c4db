package org.nn4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;

/** What follows a normalisation along either axis, and its way back. */
final class Normalized {
  private Normalized() {}

  static void requireRow(Shape input, String who) {
    if (input.rank() != 1) {
      throw new ShapeMismatchException(
          who, "an input of one dimension, [n]", input.toString(), "put a Flatten layer before it");
    }
  }

  /** {@code Y = γ X̂ + β}. */
  static INDArray scaleAndShift(INDArray normal, Parameter scale, Parameter shift, INDArray y) {
    normal.mul(scale.value(), y);
    y.addi(shift.value());
    return y;
  }

  /** {@code dγ += Σ dY X̂, dβ += Σ dY}, over the rows. */
  static void addGradients(INDArray dY, INDArray normal, Parameter scale, Parameter shift) {
    try (INDArray products = dY.mul(normal);
        INDArray dScale = products.sum(0);
        INDArray dShift = dY.sum(0)) {
      scale.gradient().addi(dScale);
      shift.gradient().addi(dShift);
    }
  }

  /** {@code G ← G − mean g − X̂ mean(g x̂)}, the means along an axis. */
  static void removeMeans(INDArray g, INDArray normal, int axis) {
    try (INDArray mean = g.mean(true, axis);
        INDArray products = g.mul(normal);
        INDArray meanOfProducts = products.mean(true, axis);
        INDArray share = normal.mul(meanOfProducts)) {
      g.subi(mean);
      g.subi(share);
    }
  }
}
