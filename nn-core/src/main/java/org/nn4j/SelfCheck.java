package org.nn4j;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.Trainer;

/** Short program that trains, saves, loads and predicts, on a thread that may hang. */
final class SelfCheck {
  static final String PASSED = "passed";

  private static final double[][] X = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  private static final double[][] Y = {{0}, {1}, {1}, {0}};
  private static final long[] EXPECTED = {0, 1, 1, 0};

  private SelfCheck() {}

  /** Returns {@link #PASSED}, or what failed. */
  static String run(int seconds) {
    AtomicReference<String> found =
        new AtomicReference<>(
            "not finished after " + seconds + " seconds; close other programs, or pass more");
    Thread thread = new Thread(() -> found.set(trainSaveLoadAndPredict()), "nn4j-self-check");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(seconds * 1000L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return String.valueOf(found.get());
  }

  private static String trainSaveLoadAndPredict() {
    try {
      Network network = Network.builder(2).dense(8, tanh()).dense(1, sigmoid()).seed(1).build();
      Trainer.builder(network)
          .loss(meanSquaredError())
          .optimizer(sgd(1.0))
          .batchSize(4)
          .epochs(1000)
          .build()
          .fit(Dataset.of(X, Y));
      if (!Arrays.equals(predictions(network), EXPECTED)) {
        return "training has another result than expected: "
            + Arrays.toString(predictions(network));
      }
      return Arrays.equals(predictions(reloaded(network)), EXPECTED)
          ? PASSED + ": trained, saved, loaded, predicted"
          : "a loaded network predicts other values than the saved one";
    } catch (Throwable e) { // any failure is the result
      return String.valueOf(e);
    }
  }

  private static long[] predictions(Network network) {
    return Arrays.stream(network.predict(X)).mapToLong(row -> Math.round(row[0])).toArray();
  }

  private static Network reloaded(Network network) throws IOException {
    Path file = Files.createTempFile("nn4j-self-check", ".safetensors");
    try {
      ModelFiles.save(network, file);
      return ModelFiles.load(file);
    } finally {
      Files.delete(file);
    }
  }
}
