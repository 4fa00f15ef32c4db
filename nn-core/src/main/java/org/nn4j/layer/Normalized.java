package org.nn4j.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.init.Constant;
import org.nn4j.kernel.Kernel;

/** What follows a normalisation along either axis, and its way back. */
final class Normalized {
  private Normalized() {}

  /** A vector of equal numbers. */
  static Parameter parameter(
      String name, Parameter.Role role, double number, Shape shape, DataType type) {
    INDArray initial = new Constant(number).create(shape, type, new SeededRandom(0));
    return Parameter.owning(name, role, initial);
  }

  static void requireRow(Shape input, String who) {
    if (input.rank() != 1) {
      throw new ShapeMismatchException(
          who, "an input of one dimension, [n]", input.toString(), "put a Flatten layer before it");
    }
  }

  /**
   * {@code y = s x + t} by column, if the memory of the arrays can be worked on; else nothing is
   * done.
   */
  static boolean byColumn(INDArray x, float[] s, float[] t, INDArray y) {
    return Kernel.mapRows(
        x,
        x,
        y,
        null,
        (row, same, at, n) -> {
          for (int j = 0; j < n; j++) {
            row[at + j] = s[j] * row[at + j] + t[j];
          }
          return 0;
        });
  }

  /** {@code Y = γ X̂ + β}. */
  static INDArray scaleAndShift(INDArray normal, Parameter scale, Parameter shift, INDArray y) {
    if (!byColumn(normal, floats(scale.value()), floats(shift.value()), y)) {
      normal.mul(scale.value(), y);
      y.addi(shift.value());
    }
    return y;
  }

  /** {@code dγ += Σ dY X̂, dβ += Σ dY}, over the rows. */
  static void addGradients(
      INDArray dY, INDArray normal, Parameter scale, Parameter shift, INDArray scratch) {
    Kernel.multiply(dY, normal, scratch);
    Kernel.addBiasGradient(scratch, scale.gradient());
    Kernel.addBiasGradient(dY, shift.gradient());
  }

  /** {@code G = γ dY}. */
  static void scale(INDArray dY, Parameter scale, INDArray g) {
    float[] gamma = floats(scale.value());
    if (!byColumn(dY, gamma, new float[gamma.length], g)) {
      dY.mul(scale.value(), g);
    }
  }

  /** A copy, for formulas that work on floats; those of other arrays do not look at it. */
  static float[] floats(INDArray vector) {
    float[] numbers = new float[Math.toIntExact(vector.length())];
    Kernel.toJava(vector, numbers);
    return numbers;
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
