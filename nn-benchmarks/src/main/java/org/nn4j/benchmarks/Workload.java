package org.nn4j.benchmarks;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.momentum;
import static org.nn4j.optim.Optimizers.sgd;

import org.nn4j.init.Initializers;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/**
 * What is trained and timed, in floats and with batches drawn anew in each epoch. The programs of
 * the other libraries do the same.
 */
public enum Workload {
  /** The classic classifier: 784-40-10, sigmoid, squared error, SGD at 3.0, batches of 10. */
  W1(10) {
    @Override
    Network network(long seed) {
      return Network.builder(784)
          .weights(Initializers.normal())
          .dense(40, sigmoid())
          .dense(10, sigmoid())
          .seed(seed)
          .build();
    }

    @Override
    TrainerBuilder training(Network network) {
      return Trainer.builder(network).loss(meanSquaredError()).optimizer(sgd(3.0)).batchSize(10);
    }
  },

  /** A modern one: 784-128-10, ReLU, softmax cross-entropy, Adam at 0.001, batches of 128. */
  W2(10) {
    @Override
    Network network(long seed) {
      return Network.builder(784).dense(128, relu()).dense(10, softmax()).seed(seed).build();
    }

    @Override
    TrainerBuilder training(Network network) {
      return Trainer.builder(network).loss(crossEntropy()).optimizer(adam(0.001)).batchSize(128);
    }
  },

  /** A wide one: 784-1024-1024-10, ReLU, momentum 0.9 at 0.01, batches of 256. */
  W3(3) {
    @Override
    Network network(long seed) {
      return Network.builder(784)
          .dense(1024, relu())
          .dense(1024, relu())
          .dense(10, softmax())
          .seed(seed)
          .build();
    }

    @Override
    TrainerBuilder training(Network network) {
      return Trainer.builder(network)
          .loss(crossEntropy())
          .optimizer(momentum(0.01, 0.9))
          .batchSize(256);
    }
  },

  /** Predictions alone, by the network of {@link #W2} after an epoch. */
  W4(1) {
    @Override
    Network network(long seed) {
      return W2.network(seed);
    }

    @Override
    TrainerBuilder training(Network network) {
      return W2.training(network);
    }
  };

  private final int epochs;

  Workload(int epochs) {
    this.epochs = epochs;
  }

  /** How many epochs to train unless told otherwise: enough for the JIT compiler to be done. */
  int epochs() {
    return epochs;
  }

  /** The network before training. */
  abstract Network network(long seed);

  /** A trainer of the network, without epochs and seed. */
  abstract TrainerBuilder training(Network network);
}
