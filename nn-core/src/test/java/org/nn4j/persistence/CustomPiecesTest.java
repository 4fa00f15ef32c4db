package org.nn4j.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.random;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nn4j.Activation;
import org.nn4j.Initializer;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Pass;
import org.nn4j.Shape;
import org.nn4j.check.GradientCheck;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

/** A user's own layer, activation, loss, optimizer and initializer, with the public API alone. */
class CustomPiecesTest {
  /** y = g ∘ x, a gain for each feature. */
  record Gain(Parameter gain) implements Layer {
    static Layer build(
        Shape input, org.nd4j.linalg.api.buffer.DataType type, java.util.random.RandomGenerator r) {
      return new Gain(
          new Parameter("gain", Parameter.Role.WEIGHT, Nd4j.ones(type, input.toArray())));
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
      pass.keep(this, "x", x);
      return x.mul(gain.value());
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      gain.gradient().addi(dY.mul(pass.kept(this, "x")).sum(0));
      return dY.mul(gain.value());
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(gain);
    }

    @Override
    public Shape outputShape() {
      return Shape.of(gain.value().length());
    }
  }

  /** σ(z) = sin z, whose derivative needs z. */
  record Sine() implements Activation {
    @Override
    public void forward(INDArray z, INDArray a) {
      a.assign(Transforms.sin(z));
    }

    @Override
    public void backward(INDArray dA, INDArray z, INDArray dZ) {
      dZ.assign(Transforms.cos(z).muli(dA));
    }

    @Override
    public boolean needsPreActivation() {
      return true;
    }
  }

  /** Σ (a - y)⁴ of each sample. */
  record QuarticError() implements Loss {
    @Override
    public void compute(
        INDArray predictions, INDArray targets, INDArray perSample, INDArray gradient) {
      INDArray error = predictions.sub(targets);
      perSample.assign(Transforms.pow(error, 4).sum(1));
      gradient.assign(Transforms.pow(error, 3).muli(4.0));
    }
  }

  /** Steps by the sign of the gradient. */
  record SignDescent(double learningRate) implements Optimizer {
    @Override
    public void step(ParameterVector parameters) {
      parameters.values().subi(Transforms.sign(parameters.gradients()).muli(learningRate));
    }
  }

  private static final Initializer ALTERNATING =
      (shape, type, random) -> {
        INDArray array = Nd4j.create(type, shape.toArray());
        for (long i = 0; i < array.length(); i++) {
          array.putScalar(i, i % 2 == 0 ? 0.3 : -0.2);
        }
        return array;
      };

  private static Network network() {
    return Network.builder(3)
        .layer(Gain::build)
        .dense(4, new Sine(), ALTERNATING)
        .activation(new Sine())
        .dense(2)
        .dataType(DOUBLE)
        .build();
  }

  @Test
  void plugInAndHaveRightGradients() {
    GradientCheck.Result result =
        GradientCheck.check(network(), new QuarticError(), random(1, 5, 3), random(2, 5, 2));
    assertThat(result.passed()).as(result.toString()).isTrue();
    assertThat(network().parameters().get(1).value().getDouble(1)).isEqualTo(-0.2);
    assertThat(network().toString()).contains("Gain");
  }

  @Test
  void trainLikeTheLibrarysOwn() {
    Trainer trainer =
        Trainer.builder(network())
            .loss(new QuarticError())
            .optimizer(new SignDescent(0.002))
            .batchSize(8)
            .epochs(60)
            .build();
    INDArray x = random(3, 64, 3);
    History history = trainer.fit(Dataset.of(x, Transforms.sin(x.getColumns(0, 1))));
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss() / 10);
  }
}
