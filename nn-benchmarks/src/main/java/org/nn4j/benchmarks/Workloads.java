package org.nn4j.benchmarks;

import static org.nn4j.metric.Metrics.accuracy;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Trainer;

/**
 * Runs one workload on MNIST (from {@code MNIST_DIR}) and prints its figures as one line of JSON,
 * in the form that the programs of the other libraries print. The environment variable {@code SEED}
 * sets the seed, default 1. One process runs one workload, so that no workload profits from the
 * warm-up of another.
 */
public final class Workloads {
  private Workloads() {}

  /**
   * Trains and prints.
   *
   * @param args the workload, {@code W1} to {@code W4}, and optionally the number of epochs
   * @throws IOException if MNIST cannot be read
   * @throws IllegalArgumentException if there is no such workload
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      throw new IllegalArgumentException("usage: Workloads W1|W2|W3|W4 [epochs]");
    }
    Workload workload = Workload.valueOf(args[0]);
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : workload.epochs();
    long seed = Long.parseLong(Objects.requireNonNullElse(System.getenv("SEED"), "1"));
    System.out.println(run(workload, epochs, seed, ImageSet.MNIST.load()).toJson());
  }

  static Report run(Workload workload, int epochs, long seed, LabeledImages mnist) {
    Network network = workload.network(seed);
    Trainer trainer = workload.training(network).epochs(epochs).seed(seed).build();
    List<Double> seconds =
        trainer.fit(mnist.train()).epochs().stream().map(EpochResult::seconds).toList();
    double accuracy =
        Evaluator.of(network).metrics(accuracy()).evaluate(mnist.test()).value(accuracy());
    @Nullable Inference inference =
        workload == Workload.W4 ? Inference.measure(network, mnist.test()) : null;
    return new Report(workload, seconds, accuracy, inference);
  }
}
