package com.example.modular;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

/** The same program in a named module. */
public final class App {
  private static final double[][] X = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  private static final double[][] Y = {{0}, {1}, {1}, {0}};

  private App() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Network network = Network.builder(2).dense(8, tanh()).dense(1, sigmoid()).seed(1).build();
    Trainer.builder(network)
        .loss(meanSquaredError())
        .optimizer(sgd(1.0))
        .batchSize(4)
        .epochs(1000)
        .build()
        .fit(Dataset.of(X, Y));
    ModelFiles.save(network, file);
    System.out.println("trained " + answers(network));
    System.out.println("loaded " + answers(ModelFiles.load(file)));
  }

  private static String answers(Network network) {
    long[] rounded =
        Arrays.stream(network.predict(X)).mapToLong(row -> Math.round(row[0])).toArray();
    return Arrays.toString(rounded);
  }
}
