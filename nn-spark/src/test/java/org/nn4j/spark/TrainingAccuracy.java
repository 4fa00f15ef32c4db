package org.nn4j.spark;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;

/**
 * Accuracy of averaged parameters on MNIST, for several numbers of workers and of steps between
 * averages. The workers run one after the other in this process, with the bits of tasks on Spark:
 * {@code TrainingAccuracy folder-of-idx-files [epochs [seeds [rate]]]}.
 */
public final class TrainingAccuracy {
  private static final int SAMPLES = 60_000;

  private TrainingAccuracy() {}

  static TrainingRecipe recipe(int seed, double rate) {
    return () ->
        Trainer.builder(
                Network.builder(784).dense(128, relu()).dense(10, softmax()).seed(seed).build())
            .loss(crossEntropy())
            .optimizer(adam(rate))
            .batchSize(32)
            .seed(seed);
  }

  /** Prints the accuracy on the test images, in percent. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    double rate = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 0.001;
    Dataset training = load(folder, "train");
    Dataset test = load(folder, "t10k");
    List<Sample> samples = samples(training);
    System.out.printf("%-12s %-12s %s%n", "workers", "average", "accuracy by seed");
    double[] alone = new double[seeds];
    for (int seed = 1; seed <= seeds; seed++) {
      Trainer trainer = recipe(seed, rate).builder().epochs(epochs).build();
      trainer.fit(training);
      alone[seed - 1] = percent(trainer.network(), test);
    }
    report("1", "-", alone);
    for (int workers : new int[] {2, 8, 32}) {
      for (int steps : new int[] {10, 100, Integer.MAX_VALUE}) {
        double[] found = new double[seeds];
        for (int seed = 1; seed <= seeds; seed++) {
          found[seed - 1] = averaged(samples, test, workers, steps, epochs, seed, rate);
        }
        report(workers + "", steps == Integer.MAX_VALUE ? "each epoch" : steps + " steps", found);
      }
    }
  }

  private static double averaged(
      List<Sample> samples,
      Dataset test,
      int workers,
      int steps,
      int epochs,
      int seed,
      double rate) {
    int[] sizes = new int[workers];
    Arrays.fill(sizes, SAMPLES / workers);
    Trainer trainer = recipe(seed, rate).builder().epochs(epochs).build();
    trainer.fit(new LocalWorkers(LocalWorkers.parts(samples, sizes), recipe(seed, rate), steps));
    return percent(trainer.network(), test);
  }

  static double percent(Network network, Dataset test) {
    return 100
        * Evaluator.of(network)
            .metrics(accuracy())
            .evaluate(test)
            .figures()
            .getOrDefault("accuracy", 0.0);
  }

  private static void report(String workers, String average, double[] percents) {
    StringBuilder line = new StringBuilder();
    for (double percent : percents) {
      line.append(String.format(Locale.ROOT, "%.2f ", percent));
    }
    double mean = Arrays.stream(percents).average().orElse(Double.NaN);
    System.out.printf(Locale.ROOT, "%-12s %-12s %s mean %.2f%n", workers, average, line, mean);
  }

  /** Loads images and labels, compressed or not. */
  static Dataset load(Path folder, String name) throws IOException {
    byte[] pixels = content(folder, name + "-images-idx3-ubyte", 16);
    byte[] bytes = content(folder, name + "-labels-idx1-ubyte", 8);
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i];
    }
    return Dataset.ofPixels(pixels, Shape.of(784), labels, 10);
  }

  private static byte[] content(Path folder, String name, int header) throws IOException {
    Path compressed = folder.resolve(name + ".gz");
    try (InputStream in =
        Files.exists(compressed)
            ? new GZIPInputStream(Files.newInputStream(compressed))
            : Files.newInputStream(folder.resolve(name))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    }
  }

  static List<Sample> samples(Dataset data) {
    List<Sample> samples = new ArrayList<>();
    for (Batch row : Batches.inOrder(data, 1, DataType.DOUBLE).evaluation()) {
      samples.add(
          Sample.of(row.inputs().dup().data().asDouble(), row.targets().dup().data().asDouble()));
    }
    return samples;
  }
}
