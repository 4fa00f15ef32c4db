package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.binaryCrossEntropy;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Loss;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;

/** The five lines of the README are what the trainer runs: weighted, fused, bit for bit. */
class OwnLoopTest {
  @SuppressWarnings("ImmutableEnumChecker") // activations and losses are immutable
  enum Case {
    SOFTMAX(softmax(), crossEntropy()),
    SIGMOID(sigmoid(), binaryCrossEntropy()),
    SQUARED(relu(), squaredError());

    final Activation last;
    final Loss loss;

    Case(Activation last, Loss loss) {
      this.last = last;
      this.loss = loss;
    }

    Network network(DataType type) {
      return Network.builder(5)
          .dense(7, relu())
          .batchNormalization()
          .dropout(0.2)
          .dense(3, last)
          .dataType(type)
          .seed(4)
          .build();
    }
  }

  private static Dataset weighted() {
    INDArray targets = Near.random(2, DataType.FLOAT, 37, 3);
    softmax().forward(targets, targets);
    double[] weights = new double[37];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 5 * 0.7;
    }
    return Dataset.of(Near.random(1, DataType.FLOAT, 37, 5), targets).withWeights(weights);
  }

  @ParameterizedTest
  @EnumSource
  void equalsTheTrainer(Case which) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      Network byTrainer = which.network(type);
      Trainer.builder(byTrainer)
          .loss(which.loss)
          .optimizer(adam())
          .batchSize(8)
          .epochs(3)
          .seed(9)
          .build()
          .fit(weighted());

      Network network = which.network(type);
      Optimizer optimizer = adam();
      Objective objective = Objective.of(network, which.loss);
      Batches batches = Batches.shuffled(weighted(), 8, type, 9);
      for (int epoch = 1; epoch <= 3; epoch++) {
        for (Batch batch : batches.epoch(epoch)) {
          network.zeroGrad();
          objective.forward(batch);
          objective.backward();
          optimizer.step(network.parameters());
        }
      }
      Near.assertNear(network.parameters().values(), byTrainer.parameters().values(), 0);
      assertThat(network.parameters().values().equals(which.network(type).parameters().values()))
          .isFalse();
    }
  }
}
