package org.nn4j.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;

/**
 * Time of a step in single and in double precision: a Markdown table of the fastest epoch of each,
 * on random data.
 */
public final class Precisions {
  private static final int FEATURES = 16;
  private static final int UNITS = 48;
  private static final int BATCH = 32;

  private Precisions() {}

  /**
   * Trains and prints.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.print(table(50_000, 8));
  }

  /** Prints the table, of epochs of some samples. */
  static String table(int samples, int epochs) {
    Dataset digits = MadeDigits.dataset(samples);
    Dataset numbers =
        Dataset.of(MadeDigits.numbers(samples, FEATURES), MadeDigits.numbers(samples, 1));
    return "| network | float, µs a step | double, µs a step | ratio |\n"
        + "| --- | ---: | ---: | ---: |\n"
        + row("W1: 784-40-10, sigmoid, SGD, batch 10", digits, epochs, Precisions::classifier)
        + row("16-48-48-1, ReLU, Adam, batch 32", numbers, epochs, Precisions::regression);
  }

  /** Training in a data type. */
  @FunctionalInterface
  private interface Training {
    TrainerBuilder in(DataType type);
  }

  private static TrainerBuilder classifier(DataType type) {
    return Workload.W1.training(
        Network.builder(MadeDigits.PIXELS)
            .dataType(type)
            .dense(40, Activations.sigmoid())
            .dense(MadeDigits.CLASSES, Activations.sigmoid())
            .seed(1)
            .build());
  }

  private static TrainerBuilder regression(DataType type) {
    return Trainer.builder(
            Network.builder(FEATURES)
                .dataType(type)
                .dense(UNITS, Activations.relu())
                .dense(UNITS, Activations.relu())
                .dense(1)
                .seed(1)
                .build())
        .loss(Losses.meanSquaredError())
        .optimizer(Optimizers.adam(0.001))
        .batchSize(BATCH);
  }

  private static String row(String name, Dataset data, int epochs, Training training) {
    double[] micros =
        Arrays.stream(new DataType[] {DataType.FLOAT, DataType.DOUBLE})
            .mapToDouble(type -> micros(training.in(type), data, epochs))
            .toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.2f |%n",
        name,
        micros[0],
        micros[1],
        micros[1] / micros[0]);
  }

  private static double micros(TrainerBuilder training, Dataset data, int epochs) {
    Trainer trainer = training.epochs(epochs).build();
    return trainer.fit(data).epochs().stream()
        .mapToDouble(epoch -> epoch.seconds() * 1e6 / epoch.steps())
        .min()
        .orElseThrow();
  }
}
