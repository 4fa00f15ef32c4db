package org.nn4j.examples;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.util.Arrays;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;

/** The smallest complete program: a network learns XOR. Expect 0, 1, 1, 0. */
public final class Xor {
  private Xor() {}

  /**
   * Trains a network and prints its predictions.
   *
   * @param args none
   */
  public static void main(String[] args) {
    double[][] x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    double[][] y = {{0}, {1}, {1}, {0}};

    Network network = Network.builder(2).dense(8, tanh()).dense(1, sigmoid()).seed(1).build();
    Trainer.builder(network)
        .loss(meanSquaredError())
        .optimizer(sgd(1.0))
        .batchSize(4)
        .epochs(1000)
        .build()
        .fit(Dataset.of(x, y));

    double[][] predictions = network.predict(x);
    for (int i = 0; i < x.length; i++) {
      System.out.println(Arrays.toString(x[i]) + " -> " + Math.round(predictions[i][0]));
    }
  }
}
