package org.nn4j.benchmarks;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Initializer;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.init.Initializers;

/**
 * Custom layer: {@code Y = X·W + b} in ordinary ND4J operations, each result a new array, for
 * comparison with {@link org.nn4j.layer.Dense}.
 */
final class PlainDense implements Layer {
  /**
   * Recipe of the layer.
   *
   * @param units the number of outputs
   */
  record Spec(int units) implements LayerSpec {
    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Shape matrix = Shape.of(input.size(), units);
      Initializer biases = Initializers.zeros();
      return new PlainDense(
          new Parameter(
              "weight", Parameter.Role.WEIGHT, Initializers.normal().create(matrix, type, random)),
          new Parameter("bias", Parameter.Role.BIAS, biases.create(Shape.of(units), type, random)));
    }
  }

  private final Parameter weight;
  private final Parameter bias;

  private PlainDense(Parameter weight, Parameter bias) {
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    pass.keep(this, "X", x);
    return x.mmul(weight.value()).addiRowVector(bias.value());
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    weight.gradient().addi(pass.kept(this, "X").transpose().mmul(dY));
    bias.gradient().addi(dY.sum(0));
    return dY.mmul(weight.value().transpose());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public Shape outputShape() {
    return Shape.of(bias.value().length());
  }

  @Override
  public String toString() {
    return "PlainDense(" + weight.value().size(0) + " -> " + weight.value().size(1) + ")";
  }
}
