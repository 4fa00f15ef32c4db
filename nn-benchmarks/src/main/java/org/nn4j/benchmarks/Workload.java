package org.nn4j.benchmarks;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.momentum;
import static org.nn4j.optim.Optimizers.sgd;

import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.init.Initializers;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/**
 * Workload of the comparison, in floats and with a new order of samples in each epoch. The programs
 * of the other libraries do the same.
 */
public enum Workload {
  /** Classic classifier: 784-40-10, sigmoid, squared error, SGD at 3.0, batches of 10. */
  W1(20, 10) {
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
    Loss loss() {
      return squaredError();
    }

    @Override
    Optimizer optimizer() {
      return sgd(3.0);
    }
  },

  /** Modern classifier: 784-128-10, ReLU, softmax cross-entropy, Adam at 0.001, batches of 128. */
  W2(20, 128) {
    @Override
    Network network(long seed) {
      return Network.builder(784).dense(128, relu()).dense(10, softmax()).seed(seed).build();
    }

    @Override
    Loss loss() {
      return crossEntropy();
    }

    @Override
    Optimizer optimizer() {
      return adam(0.001);
    }
  },

  /** Wide classifier: 784-1024-1024-10, ReLU, momentum 0.9 at 0.01, batches of 256. */
  W3(3, 256) {
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
    Loss loss() {
      return crossEntropy();
    }

    @Override
    Optimizer optimizer() {
      return momentum(0.01, 0.9);
    }
  },

  /** Predictions only, by the network of {@link #W2} after an epoch. */
  W4(1, 128) {
    @Override
    Network network(long seed) {
      return W2.network(seed);
    }

    @Override
    Loss loss() {
      return W2.loss();
    }

    @Override
    Optimizer optimizer() {
      return W2.optimizer();
    }
  };

  private final int epochs;
  private final int batchSize;

  Workload(int epochs, int batchSize) {
    this.epochs = epochs;
    this.batchSize = batchSize;
  }

  /** Default number of epochs: enough for the JIT compiler to finish. */
  int epochs() {
    return epochs;
  }

  /** Returns the number of samples in a batch. */
  int batchSize() {
    return batchSize;
  }

  /** Returns the network before training. */
  abstract Network network(long seed);

  /** The loss. */
  abstract Loss loss();

  /** Returns a new optimizer. */
  abstract Optimizer optimizer();

  /** Returns a builder of a trainer of the network, without epochs and seed. */
  TrainerBuilder training(Network network) {
    return Trainer.builder(network).loss(loss()).optimizer(optimizer()).batchSize(batchSize);
  }
}
