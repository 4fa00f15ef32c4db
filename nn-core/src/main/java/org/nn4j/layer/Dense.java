package org.nn4j.layer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.ActivatedLayer;
import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.activation.Activations;
import org.nn4j.init.Initializers;
import org.nn4j.internal.Checks;
import org.nn4j.internal.GradientSum;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.kernel.Kernel;

/**
 * Fully connected layer.
 *
 * <pre>
 * forward    Z  = X·W + b            X [B, in], W [in, out], b [out]
 *            A  = σ(Z)               A [B, out]
 *
 * backward   dZ = σ'(Z) dA
 *            dW += Xᵀ·dZ
 *            db += Σ dZ              (over the rows)
 *            dX = dZ·Wᵀ
 * </pre>
 *
 * <p>Thread-safe under the conditions of {@link Layer}.
 */
public final class Dense implements ActivatedLayer {
  record Spec(int units, Activation activation, Initializer weights, Initializer biases)
      implements SizedSpec {
    Spec {
      Require.notNull(activation, "Dense", "activation");
      Require.notNull(weights, "Dense", "weights");
      Require.notNull(biases, "Dense", "biases");
      Require.atLeastOne(units, "Dense", "number of units");
    }

    @Override
    public @Nullable Size size(Shape input) {
      return input.rank() == 1 ? new Size(input.size() * units + units, Shape.of(units)) : null;
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(input, "Dense.build", "input");
      Require.notNull(type, "Dense.build", "type");
      Require.notNull(random, "Dense.build", "random");
      if (input.rank() != 1) {
        throw new ShapeMismatchException(
            toString(),
            "an input of one dimension, [in]",
            input.toString(),
            "put a Flatten layer before it");
      }
      Shape matrix = Shape.of(input.size(), units);
      return new Dense(
          parameter("weight", Parameter.Role.WEIGHT, weights, matrix, type, random),
          parameter("bias", Parameter.Role.BIAS, biases, Shape.of(units), type, random),
          activation);
    }

    /** Copies the array of a user-defined initializer, which may keep it. */
    private Parameter parameter(
        String name,
        Parameter.Role role,
        Initializer initializer,
        Shape shape,
        DataType type,
        RandomGenerator random) {
      INDArray initial = create(initializer, shape, type, random);
      boolean isOurs = initializer.getClass().getPackage().equals(Initializers.class.getPackage());
      return isOurs ? Parameter.owning(name, role, initial) : new Parameter(name, role, initial);
    }

    /** Returns the array of an initializer, checked for shape and type. */
    private INDArray create(
        Initializer initializer, Shape shape, DataType type, RandomGenerator random) {
      INDArray made =
          Checks.returned(
              initializer.create(shape, type, random), this, "an array from " + initializer);
      if (!Arrays.equals(made.shape(), shape.toArray()) || made.dataType() != type) {
        throw new ShapeMismatchException(
            toString(),
            "an array " + shape + " of " + type + " from its initializer",
            Arrays.toString(made.shape()) + " of " + made.dataType(),
            "return the requested shape and type from Initializer.create");
      }
      return made;
    }

    @Override
    public String toString() {
      return "Dense(" + units + ", " + activation + ")";
    }
  }

  private final Parameter weight;
  private final Parameter bias;
  private final Activation activation;
  private final boolean linear;
  private final Shape input;
  private final Shape output;
  private final DataType type;

  private Dense(Parameter weight, Parameter bias, Activation activation) {
    this.weight = weight;
    this.bias = bias;
    this.activation = activation;
    this.linear = activation.equals(Activations.identity());
    this.input = Shape.of(weight.value().size(0));
    this.output = Shape.of(weight.value().size(1));
    this.type = weight.value().dataType();
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, input, type, this, "input");
    long rows = x.size(0);
    INDArray z = pass.batchBuffer(this, "Z", type, output, rows);
    Kernel.affine(x, weight.value(), bias.value(), z);
    // σ overwrites Z unless its derivative is computed from Z.
    INDArray a =
        activation.needsPreActivation() ? pass.batchBuffer(this, "A", type, output, rows) : z;
    activation.forward(z, a);
    pass.keep(this, "X", x);
    pass.keep(this, "Z or A", z);
    return a;
  }

  @Override
  public INDArray backward(INDArray dA, Pass pass) {
    Require.notNull(dA, this, "gradient");
    Require.notNull(pass, this, "pass");
    INDArray dZ = addGradients(dA, pass);
    INDArray dX = pass.batchBuffer(this, "dX", type, input, dZ.size(0));
    Kernel.affineInputGradient(dZ, weight.value(), dX);
    return dX;
  }

  @Override
  public void backwardParameters(INDArray dA, Pass pass) {
    Require.notNull(dA, this, "gradient");
    Require.notNull(pass, this, "pass");
    addGradients(dA, pass);
  }

  /** Adds dW and db, and returns dZ. */
  private INDArray addGradients(INDArray dA, Pass pass) {
    INDArray x = pass.kept(this, "X");
    INDArray kept = pass.kept(this, "Z or A");
    Require.like(kept, dA, this, "gradient");
    INDArray dZ = dA;
    if (!linear) {
      dZ = pass.batchBuffer(this, "dZ", type, output, kept.size(0));
      activation.backward(dA, kept, dZ);
    }
    GradientSum.of(weight).addProduct(x, dZ);
    GradientSum.of(bias).addSumOfRows(dZ);
    return dZ;
  }

  /** {@return {@code weight [in, out]} and {@code bias [out]}} */
  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public Shape outputShape() {
    return output;
  }

  @Override
  public Activation activation() {
    return activation;
  }

  @Override
  public Layer withoutActivation() {
    return new Dense(weight, bias, Activations.identity());
  }

  @Override
  public String toString() {
    return "Dense(" + input.size() + " -> " + output.size() + ", " + activation + ")";
  }
}
