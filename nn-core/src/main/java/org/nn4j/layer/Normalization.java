package org.nn4j.layer;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.init.Initializers;
import org.nn4j.internal.Gradient;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.Kernel;

/**
 * Layer that normalizes a batch along one axis, then scales and shifts each feature.
 *
 * <pre>
 * forward    Y  = γ X̂ + β                  γ [n] starts at 1, β [n] at 0
 * backward   dγ += Σ dY X̂,  dβ += Σ dY     (over the rows)
 * </pre>
 *
 * <p>Its subclasses compute X̂ and dX.
 */
abstract class Normalization implements Layer {
  final Shape shape;
  final DataType type;
  final Parameter scale;
  final Parameter shift;

  /** Checks the input shape. */
  Normalization(Shape shape, DataType type, String name) {
    Require.notNull(shape, name + ".build", "input");
    Require.notNull(type, name + ".build", "type");
    if (shape.rank() != 1) {
      throw new ShapeMismatchException(
          name,
          "an input of one dimension, [n]",
          shape.toString(),
          "put a Flatten layer before it");
    }
    this.shape = shape;
    this.type = type;
    this.scale = parameter("scale", Parameter.Role.BIAS, 1);
    this.shift = parameter("shift", Parameter.Role.BIAS, 0);
  }

  /** Returns a vector of equal elements. */
  final Parameter parameter(String name, Parameter.Role role, double value) {
    INDArray initial = Initializers.constant(value).create(shape, type, new SeededRandom(0));
    return Parameter.owning(name, role, initial);
  }

  /** Writes X̂ and returns √(v + ε), a buffer of the pass. */
  abstract INDArray normalize(INDArray x, INDArray normal, Pass pass);

  /** Writes dX, from γ and from what {@link #normalize} wrote. */
  abstract void inputGradient(
      INDArray dY, INDArray normal, INDArray gamma, INDArray root, INDArray dX, Pass pass);

  @Override
  public final INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, shape, type, this, "input");
    INDArray normal = pass.buffer(this, "X^", type, x.shape());
    INDArray root = normalize(x, normal, pass);
    INDArray y = pass.buffer(this, "Y", type, x.shape());
    ScaleAndShift.FORMULA.apply(new ScaleAndShift(scale, shift), normal, normal, y);
    pass.keep(this, "X^", normal);
    pass.keep(this, "root", root);
    return y;
  }

  private static final class ScaleAndShift {
    private static final Formula.Rowwise<ScaleAndShift> FORMULA =
        Formula.ofRows(ScaleAndShift::loop, ScaleAndShift::loop, ScaleAndShift::operations);

    private final Parameter scale;
    private final Parameter shift;
    private final float[] gamma;
    private final float[] beta;
    private final double[] gammaOfDoubles;
    private final double[] betaOfDoubles;

    ScaleAndShift(Parameter scale, Parameter shift) {
      this.scale = scale;
      this.shift = shift;
      this.gamma = Kernel.floats(scale.value());
      this.beta = Kernel.floats(shift.value());
      this.gammaOfDoubles = Kernel.doubles(scale.value());
      this.betaOfDoubles = Kernel.doubles(shift.value());
    }

    private void loop(float[] x, float[] same, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = gamma[j] * x[at + j] + beta[j];
      }
    }

    private void loop(double[] x, double[] same, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = gammaOfDoubles[j] * x[at + j] + betaOfDoubles[j];
      }
    }

    private void operations(INDArray normal, INDArray same, INDArray y) {
      normal.mul(scale.value(), y);
      y.addi(shift.value());
    }
  }

  @Override
  public final INDArray backward(INDArray dY, Pass pass) {
    Require.notNull(dY, this, "gradient");
    Require.notNull(pass, this, "pass");
    INDArray normal = pass.kept(this, "X^");
    INDArray root = pass.kept(this, "root");
    Require.like(normal, dY, this, "gradient");
    INDArray dX = pass.buffer(this, "dX", type, dY.shape());
    Kernel.multiply(dY, normal, dX);
    Gradient.of(scale).addSumOfRows(dX);
    Gradient.of(shift).addSumOfRows(dY);
    inputGradient(dY, normal, scale.value(), root, dX, pass);
    return dX;
  }

  /**
   * Computes {@code G ← G − mean g − X̂ mean(g x̂)}, the means along an axis, in ND4J operations.
   */
  static void removeMeans(INDArray g, INDArray normal, int axis) {
    try (INDArray mean = g.mean(true, axis);
        INDArray products = g.mul(normal);
        INDArray meanOfProducts = products.mean(true, axis);
        INDArray share = normal.mul(meanOfProducts)) {
      g.subi(mean);
      g.subi(share);
    }
  }

  /** {@return γ and β, named {@code scale} and {@code shift}, then those of the subclass} */
  @Override
  public List<Parameter> parameters() {
    return List.of(scale, shift);
  }

  @Override
  public final Shape outputShape() {
    return shape;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "(" + shape.size() + ")";
  }
}
