package org.nn4j.docs;

import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.LayerSpec;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;

/** The pieces of one's own in docs/guide.md, between its markers; {@link GuideTest} runs them. */
final class GuidePieces {
  private GuidePieces() {}

  // guide: layer
  /** Y = g X, with a gain g for each feature. */
  record Gain(Shape outputShape, DataType type, Parameter gain) implements Layer {
    record Spec() implements LayerSpec {
      @Override
      public Layer build(Shape input, DataType type, RandomGenerator random) {
        INDArray ones = Nd4j.ones(type, input.toArray());
        return new Gain(input, type, new Parameter("gain", Parameter.Role.WEIGHT, ones));
      }
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
      Require.batch(x, outputShape, type, this, "input");
      pass.keep(this, "X", x);
      return x.mul(gain.value(), pass.buffer(this, "Y", type, x.shape()));
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      INDArray x = pass.kept(this, "X");
      Require.like(x, dY, this, "gradient");
      gain.gradient().addi(dY.mul(x).sum(0)); // added, not assigned
      return dY.mul(gain.value(), pass.buffer(this, "dX", type, x.shape()));
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(gain);
    }

    @Override
    public String toString() {
      return "Gain(" + outputShape.size() + ")";
    }
  }

  // end

  // guide: activation
  /** a = z / (1 + |z|), dz = (1 − |a|)² da: the derivative is a function of the output. */
  record Softsign() implements Activation {
    @Override
    public void forward(INDArray z, INDArray a) {
      a.assign(z.div(Transforms.abs(z).addi(1)));
    }

    @Override
    public void backward(INDArray dA, INDArray a, INDArray dZ) {
      INDArray rest = Transforms.abs(a).rsubi(1);
      dZ.assign(rest.muli(rest).muli(dA));
    }
  }

  // end

  // guide: loss
  /** ℓ = Σ log cosh e, e = a − y; dA = tanh E. */
  record LogCosh() implements Loss {
    @Override
    public void compute(
        INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
      INDArray e = predictions.sub(targets);
      INDArray size = Transforms.abs(e);
      INDArray rest = Transforms.log1p(Transforms.exp(size.mul(-2)), false); // does not overflow
      perSample.assign(size.addi(rest).subi(Math.log(2)).sum(1));
      gradient.assign(Transforms.tanh(e));
    }
  }

  // end

  // guide: optimizer
  /** θ ← θ − η sign(g). */
  record SignDescent(double learningRate) implements Optimizer {
    @Override
    public void step(ParameterVector parameters) {
      for (Parameter parameter : parameters) {
        if (!parameter.isFrozen()) {
          parameter.value().subi(Transforms.sign(parameter.gradient()).muli(learningRate));
        }
      }
    }
  }

  // end
}
