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
import org.nn4j.internal.GradientSum;
import org.nn4j.internal.kernel.Formula;
import org.nn4j.internal.kernel.JavaArrays;
import org.nn4j.internal.kernel.Kernel;
import org.nn4j.internal.memory.NewArrays;

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
  private static final Formula.Rowwise<ByFeature> SCALE_AND_SHIFT =
      Formula.ofRows(ByFeature::scaleAndShift, ByFeature::scaleAndShift, ByFeature::scaleAndShift);
  private static final Formula.Rowwise<ByFeature> SCALE =
      Formula.ofRows(ByFeature::scale, ByFeature::scale, ByFeature::scale);

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

  /** Turns G = γ dY into dX, from what {@link #normalize} wrote. */
  abstract void inputGradient(INDArray g, INDArray normal, INDArray root, Pass pass);

  @Override
  public final INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, shape, type, this, "input");
    INDArray normal = pass.buffer(this, "X^", type, x.shape());
    INDArray root = normalize(x, normal, pass);
    INDArray y = pass.buffer(this, "Y", type, x.shape());
    SCALE_AND_SHIFT.apply(new ByFeature(scale.value(), shift.value()), normal, normal, y);
    pass.keep(this, "X^", normal);
    pass.keep(this, "root", root);
    return y;
  }

  /** γ and β, in the types of the loops. */
  private static final class ByFeature {
    private final float[] gammas;
    private final float[] betas;
    private final double[] gamma;
    private final double[] beta;

    ByFeature(INDArray scale, INDArray shift) {
      this.gamma = JavaArrays.doubles(scale);
      this.beta = JavaArrays.doubles(shift);
      this.gammas = floats(gamma);
      this.betas = floats(beta);
    }

    private static float[] floats(double[] numbers) {
      float[] rounded = new float[numbers.length];
      for (int j = 0; j < rounded.length; j++) {
        rounded[j] = (float) numbers[j];
      }
      return rounded;
    }

    private void scaleAndShift(float[] x, float[] unused, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = gammas[j] * x[at + j] + betas[j];
      }
    }

    private void scaleAndShift(double[] x, double[] unused, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        x[at + j] = gamma[j] * x[at + j] + beta[j];
      }
    }

    private void scaleAndShift(INDArray normal, INDArray unused, INDArray y) {
      normal.mul(array(gamma, y, 1, gamma.length), y);
      y.addi(array(beta, y, 1, beta.length));
    }

    private void scale(float[] dY, float[] unused, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        dY[at + j] *= gammas[j];
      }
    }

    private void scale(double[] dY, double[] unused, int row, int at, int n) {
      for (int j = 0; j < n; j++) {
        dY[at + j] *= gamma[j];
      }
    }

    private void scale(INDArray dY, INDArray unused, INDArray g) {
      dY.mul(array(gamma, g, 1, gamma.length), g);
    }
  }

  /** Returns numbers as an array of the type of another, which the garbage collector frees. */
  static INDArray array(double[] numbers, INDArray like, long... shape) {
    INDArray array = NewArrays.uninitialized(like.dataType(), shape);
    JavaArrays.copy(numbers, array);
    return array;
  }

  @Override
  public final INDArray backward(INDArray dY, Pass pass) {
    INDArray dX = addGradients(dY, pass);
    SCALE.apply(new ByFeature(scale.value(), shift.value()), dY, dY, dX); // G = γ dY
    inputGradient(dX, pass.kept(this, "X^"), pass.kept(this, "root"), pass);
    return dX;
  }

  @Override
  public final void backwardParameters(INDArray dY, Pass pass) {
    addGradients(dY, pass);
  }

  /** Adds to the gradients of γ and β, and returns the buffer of the input gradient. */
  private INDArray addGradients(INDArray dY, Pass pass) {
    Require.notNull(dY, this, "gradient");
    Require.notNull(pass, this, "pass");
    INDArray normal = pass.kept(this, "X^");
    Require.like(normal, dY, this, "gradient");
    INDArray products = pass.buffer(this, "dX", type, dY.shape());
    Kernel.multiply(dY, normal, products);
    GradientSum.of(scale).addSumOfRows(products); // dγ += Σ dY X̂
    GradientSum.of(shift).addSumOfRows(dY); // dβ += Σ dY
    return products;
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
