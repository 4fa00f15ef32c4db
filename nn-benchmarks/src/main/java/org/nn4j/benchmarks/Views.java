package org.nn4j.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.InputStatistics;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;

/**
 * Time of a step of a small network, 64-32-10 in batches of 32, on views of a data set: a Markdown
 * table of the fastest epoch on each, on random numbers.
 */
public final class Views {
  private static final int INPUTS = 64;
  private static final int UNITS = 32;
  private static final int CLASSES = 10;

  private Views() {}

  /**
   * Trains and prints.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.print(table(20_000, 10));
  }

  /** Prints the table, of epochs of some samples, each view in turn. */
  static String table(int samples, int epochs) {
    Dataset data =
        Dataset.ofLabels(MadeDigits.numbers(samples, INPUTS), MadeDigits.labels(samples), CLASSES);
    double[] weights = new double[samples];
    Arrays.fill(weights, 1);
    Map<String, Dataset> views = new LinkedHashMap<>();
    views.put("as it is", data);
    views.put("normalized", data.normalize(InputStatistics.of(data).standard()));
    views.put("mapInputs(x -> x.mul(0.5))", data.mapInputs(x -> x.mul(0.5)));
    views.put("shuffled subset", data.shuffle(1));
    views.put(
        "augmented (a random shift)", data.augment((x, random) -> shift(x, random.nextFloat()), 1));
    views.put("weighted", data.withWeights(weights));

    Map<String, Trainer> trainers = new LinkedHashMap<>();
    Map<String, Double> fastest = new LinkedHashMap<>();
    for (int i = 0; i < epochs; i++) {
      views.forEach(
          (name, view) -> {
            Trainer trainer = trainers.computeIfAbsent(name, same -> trainer());
            fastest.merge(name, micros(trainer, view), Math::min);
          });
    }
    StringBuilder table = new StringBuilder("| data set | µs a step |\n| --- | ---: |\n");
    fastest.forEach(
        (name, micros) ->
            table.append(String.format(Locale.ROOT, "| %s | %.1f |%n", name, micros)));
    return table.toString();
  }

  private static void shift(float[] x, float by) {
    for (int i = 0; i < x.length; i++) {
      x[i] += by;
    }
  }

  private static Trainer trainer() {
    Network network =
        Network.builder(INPUTS)
            .dense(UNITS, Activations.relu())
            .dense(CLASSES, Activations.softmax())
            .seed(1)
            .build();
    return Trainer.builder(network)
        .loss(Losses.crossEntropy())
        .optimizer(Optimizers.sgd(0.01))
        .batchSize(32)
        .epochs(1)
        .build();
  }

  private static double micros(Trainer trainer, Dataset data) {
    return trainer.fit(data).epochs().stream()
        .mapToDouble(epoch -> epoch.seconds() * 1e6 / epoch.steps())
        .min()
        .orElseThrow();
  }
}
