package org.nn4j.examples;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.io.Settings;
import org.nn4j.persistence.ModelRegistry;

/**
 * Radial basis layer, a custom layer in plain array operations: the output of a unit falls with the
 * distance of the input from its center.
 *
 * <pre>
 * forward    D  = ‖x − c‖²           X [B, in], C [units, in], D [B, units]
 *               = Σ x² + Σ c² − 2 X·Cᵀ
 *            Y  = exp(−γ D)          Y [B, units]
 *
 * backward   dD  = −γ Y dY
 *            dC += 2 (C Σ dD − dDᵀ·X)    (Σ over the rows: one number for each center)
 *            dX  = 2 (X Σ dD − dD·C)     (Σ over the units: one number for each row)
 * </pre>
 *
 * <p>Source: Broomhead and Lowe, "Multivariable Functional Interpolation and Adaptive Networks"
 * (Complex Systems 2, 1988). Thread-safe as {@link Layer} defines.
 */
final class RadialBasis implements Layer {
  /** Its name in model files, which must never change. */
  private static final String NAME = "examples.RadialBasis";

  /**
   * Recipe of the layer.
   *
   * @param units the number of centers
   * @param gamma γ, above 0; the output falls to 1/e at the distance 1/√γ
   */
  record Spec(int units, double gamma) implements LayerSpec {
    Spec {
      Require.atLeastOne(units, "RadialBasis", "number of units");
      Require.positive(gamma, "RadialBasis", "gamma");
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      if (input.rank() != 1) {
        throw new ShapeMismatchException(
            toString(),
            "an input of one dimension, [in]",
            input.toString(),
            "put a Flatten layer before it");
      }
      INDArray centers = Nd4j.create(type, units, input.size());
      for (long i = 0; i < centers.length(); i++) {
        centers.putScalar(i, random.nextGaussian());
      }
      return new RadialBasis(input, type, centers, gamma);
    }

    @Override
    public String toString() {
      return "RadialBasis(" + units + ", gamma " + gamma + ")";
    }
  }

  private final Shape input;
  private final Shape output;
  private final DataType type;
  private final Parameter centers;
  private final double gamma;

  private RadialBasis(Shape input, DataType type, INDArray centers, double gamma) {
    this.input = input;
    this.output = Shape.of(centers.size(0));
    this.type = type;
    this.centers = new Parameter("centers", Parameter.Role.WEIGHT, centers);
    this.gamma = gamma;
  }

  /** Returns a registry of the library's layers and this one, for {@code save} and {@code load}. */
  static ModelRegistry registry() {
    return ModelRegistry.standard()
        .withLayer(
            NAME,
            RadialBasis.class,
            (layer, r) ->
                Settings.none().with("units", layer.output.size()).with("gamma", layer.gamma),
            (settings, r) -> new Spec(settings.getInt("units"), settings.getDouble("gamma")));
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.batch(x, input, type, this, "input");
    INDArray c = centers.value();
    INDArray d = x.mmul(c.transpose()).muli(-2);
    d.addiColumnVector(x.mul(x).sum(true, 1));
    d.addiRowVector(c.mul(c).sum(1));
    INDArray y = Transforms.exp(d.muli(-gamma), false);
    pass.keep(this, "X", x); // for backward; never in a field, threads share the layer
    pass.keep(this, "Y", y);
    return y;
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    INDArray x = pass.kept(this, "X");
    INDArray y = pass.kept(this, "Y");
    Require.like(y, dY, this, "gradient");
    INDArray c = centers.value();
    INDArray dD = y.mul(dY).muli(-gamma);
    INDArray dC = c.mulColumnVector(dD.sum(0).reshape(c.size(0), 1)).subi(dD.transpose().mmul(x));
    centers.gradient().addi(dC.muli(2)); // added, not assigned
    return x.mulColumnVector(dD.sum(true, 1)).subi(dD.mmul(c)).muli(2);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(centers);
  }

  @Override
  public Shape outputShape() {
    return output;
  }

  @Override
  public String toString() {
    return "RadialBasis(" + input.size() + " -> " + output.size() + ", gamma " + gamma + ")";
  }
}
