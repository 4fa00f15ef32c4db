package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;

class TrainingWorkerTest {
  private static final Dataset DATA = ToySets.spiral(3, 20, 0.1, 1);

  private static TrainerBuilder builder() {
    return Trainer.builder(Network.builder(2).dense(6, tanh()).dense(3, softmax()).build())
        .loss(crossEntropy())
        .optimizer(adam(0.01))
        .batchSize(8);
  }

  @Test
  void dropoutDependsOnTheStream() {
    TrainingWorker worker =
        Trainer.builder(Network.builder(2).dense(9).dropout(0.5).dense(3, softmax()).build())
            .loss(crossEntropy())
            .optimizer(adam(0.01))
            .buildWorker();
    double first = worker.gradients(DATA, 1);

    assertThat(worker.gradients(DATA, 2)).isNotEqualTo(first);
    assertThat(worker.gradients(DATA, 1)).isEqualTo(first);
  }

  @Test
  void aWorkerRefusesAnotherRun() {
    Checkpoint other = builder().batchSize(9).build().checkpoint();

    assertThatThrownBy(() -> builder().buildWorker().requireSameRun(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch_size 9");
  }

  @Test
  void samplesAreCheckedRowByRow() {
    double[][] inputs = {{0, 0}, {1, Double.NaN}};
    double[][] targets = {{1, 0, 0}, {0, 1, 0}};
    Dataset notFinite = Dataset.of(inputs, targets);
    Dataset notOneHot = Dataset.of(new double[2][2], new double[][] {{1, 0, 0}, {1, 1, 0}});
    TrainingWorker worker =
        Trainer.builder(Network.builder(2).dense(3, softmax()).build())
            .loss(crossEntropy())
            .optimizer(adam(0.01))
            .classWeights(1, 2, 3)
            .buildWorker();

    worker.check(DATA);
    assertThatThrownBy(() -> worker.check(notFinite))
        .hasMessage(
            "TrainingWorker, row 1: expected finite inputs, found NaN or infinite; correct or"
                + " remove the row");
    assertThatThrownBy(() -> worker.check(notOneHot)).hasMessageStartingWith("row 1, ");
  }

  @Test
  void batchNormalizationOfOneSampleIsRefused() {
    TrainingWorker worker =
        Trainer.builder(Network.builder(2).batchNormalization().dense(3, softmax()).build())
            .loss(crossEntropy())
            .optimizer(adam(0.01))
            .batchSize(8)
            .buildWorker();

    assertThatThrownBy(() -> worker.gradients(DATA.subset(new int[] {0}), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 samples or more for batch normalization, found 1");
    assertThat(worker.gradients(DATA.subset(new int[] {0, 1}), 1)).isPositive();
  }

  /** Layer with a counter in its pass. */
  private record Counting(Shape outputShape) implements Layer {
    @Override
    public INDArray forward(INDArray x, Pass pass) {
      pass.state(this, SeededRandom.class, () -> new SeededRandom(1)).nextDouble();
      return x;
    }

    @Override
    public INDArray backward(INDArray dY, Pass pass) {
      return dY;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }
  }

  @Test
  void aLayerWithAStateOfItsOwnIsRefused() {
    TrainingWorker worker =
        Trainer.builder(
                Network.builder(2)
                    .layer((input, type, random) -> new Counting(input))
                    .dense(3, softmax())
                    .build())
            .loss(crossEntropy())
            .optimizer(adam(0.01))
            .batchSize(8)
            .buildWorker();

    assertThatThrownBy(() -> worker.gradients(DATA, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found a state of Counting");
  }
}
