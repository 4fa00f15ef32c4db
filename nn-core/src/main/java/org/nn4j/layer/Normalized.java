package org.nn4j.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Parameter;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.init.Initializers;
import org.nn4j.internal.Gradient;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Kernel;

/**
 * Scale and shift after a normalization along either axis, and their gradients.
 *
 * <pre>
 * Y  = γ X̂ + β                  γ [n] starts at 1, β [n] at 0
 * dγ += Σ dY X̂,  dβ += Σ dY     (over the rows)
 * </pre>
 *
 * @param scale γ
 * @param shift β
 */
record Normalized(Parameter scale, Parameter shift) {
  static Normalized of(Shape shape, DataType type) {
    return new Normalized(
        parameter("scale", Parameter.Role.BIAS, 1, shape, type),
        parameter("shift", Parameter.Role.BIAS, 0, shape, type));
  }

  /** Returns a vector of equal elements. */
  static Parameter parameter(
      String name, Parameter.Role role, double number, Shape shape, DataType type) {
    INDArray initial = Initializers.constant(number).create(shape, type, new SeededRandom(0));
    return Parameter.owning(name, role, initial);
  }

  static void requireRow(Shape input, String who) {
    if (input.rank() != 1) {
      throw new ShapeMismatchException(
          who, "an input of one dimension, [n]", input.toString(), "put a Flatten layer before it");
    }
  }

  /** {@code Y = γ X̂ + β}. */
  INDArray scaleAndShift(INDArray normal, INDArray y) {
    ScaleAndShift.FORMULA.apply(new ScaleAndShift(this), normal, normal, y);
    return y;
  }

  private static final class ScaleAndShift {
    private static final Formula.Rowwise<ScaleAndShift> FORMULA =
        Formula.ofRows(ScaleAndShift::loop, ScaleAndShift::operations);

    private final Normalized of;
    private final float[] gamma;
    private final float[] beta;

    ScaleAndShift(Normalized of) {
      this.of = of;
      this.gamma = Kernel.floats(of.scale.value());
      this.beta = Kernel.floats(of.shift.value());
    }

    private void loop(float[] x, float[] same, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = gamma[j] * x[at + j] + beta[j];
      }
    }

    private void operations(INDArray normal, INDArray same, INDArray y) {
      normal.mul(of.scale.value(), y);
      y.addi(of.shift.value());
    }
  }

  /** {@code dγ += Σ dY X̂, dβ += Σ dY}, over the rows. */
  void addGradients(INDArray dY, INDArray normal, INDArray scratch) {
    Kernel.multiply(dY, normal, scratch);
    Gradient.of(scale).addSumOfRows(scratch);
    Gradient.of(shift).addSumOfRows(dY);
  }

  /** {@code G ← G − mean g − X̂ mean(g x̂)}, the means along an axis, as operations of ND4J. */
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
