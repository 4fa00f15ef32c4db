package org.nn4j.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.internal.SizedSpec;
import org.nn4j.internal.kernel.Kernel;

/**
 * Reshaping of each sample to one row: {@code [B, h, w, ...]} to {@code [B, h·w·...]}, row-major.
 * Backward restores the shape. Thread-safe under the conditions of {@link Layer}.
 */
public final class Flatten implements Layer {
  record Spec() implements SizedSpec {
    @Override
    public Size size(Shape input) {
      return new Size(0, Shape.of(input.size()));
    }

    @Override
    public Layer build(Shape input, DataType type, RandomGenerator random) {
      Require.notNull(input, "Flatten.build", "input");
      Require.notNull(type, "Flatten.build", "type");
      Require.notNull(random, "Flatten.build", "random");
      return new Flatten(input, type);
    }

    @Override
    public String toString() {
      return "Flatten";
    }
  }

  private final Shape input;
  private final Shape output;
  private final DataType type;

  private Flatten(Shape input, DataType type) {
    this.input = input;
    this.output = Shape.of(input.size());
    this.type = type;
  }

  @Override
  public INDArray forward(INDArray x, Pass pass) {
    Require.notNull(pass, this, "pass");
    Require.batch(x, input, type, this, "input");
    // A copy takes less time than ND4J needs for a view, unless the batch has over 200 KB.
    INDArray y = pass.batchBuffer(this, "Y", type, output, x.size(0));
    Kernel.copy(x, y);
    pass.keep(this, "Y", y);
    return y;
  }

  @Override
  public INDArray backward(INDArray dY, Pass pass) {
    Require.notNull(dY, this, "gradient");
    Require.notNull(pass, this, "pass");
    Require.like(pass.kept(this, "Y"), dY, this, "gradient");
    INDArray dX = pass.batchBuffer(this, "dX", type, input, dY.size(0));
    Kernel.copy(dY, dX);
    return dX;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Shape outputShape() {
    return output;
  }

  @Override
  public String toString() {
    return "Flatten";
  }
}
