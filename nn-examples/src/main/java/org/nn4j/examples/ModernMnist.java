package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nn4j.data.Split;
import org.nn4j.data.image.ImageAugmentation;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.examples.cli.SetOptions;
import org.nn4j.examples.cli.Terminal;
import org.nn4j.io.FileAccess;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.EarlyStopping;
import org.nn4j.train.Monitor;
import org.nn4j.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A feed-forward network for MNIST with current methods: 784-512-256-10, ReLU, dropout, Adam with a
 * cosine schedule, early stopping, and images that are shifted, rotated and zoomed anew in each
 * epoch. Expect about 99 % of the 10,000 test images; {@code docs/mnist.md} has accuracies and
 * times by seed.
 *
 * <p>A twelfth of the training images is held out for early stopping and for the choice of the
 * network to save. The test images are used once, at the end.
 *
 * <p>{@code MnistClassifier predict FILE... --model modern-mnist.safetensors} and {@code evaluate}
 * use the saved network.
 */
@Command(
    name = "ModernMnist",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains networks on MNIST with augmentation and prints their accuracy.")
public final class ModernMnist extends Example {
  private static final int SIDE = 28;
  private static final double HELD_OUT = 1.0 / 12;
  private static final int BATCH = 128;
  private static final double FIRST_RATE = 0.002;
  private static final double LAST_RATE = 1e-5;
  private static final double DROPOUT = 0.2;
  private static final int PATIENCE = 8;

  @Mixin private SetOptions source = new SetOptions();

  @Option(
      names = "--epochs",
      defaultValue = "20",
      description = "largest number of passes over the images")
  private int epochs;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description = "one network each; seed of weights, order, dropout and augmentation")
  private List<Integer> seeds = List.of();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "modern-mnist.safetensors",
      description =
          "file to save the network to; of several, the one with the highest accuracy on its held-out"
              + " images")
  private Path model = Path.of("modern-mnist.safetensors");

  ModernMnist() {}

  /**
   * Trains networks, prints their accuracy and saves the best.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new ModernMnist(), args);
  }

  @Override
  protected int run(PrintWriter out) throws IOException {
    FileAccess.requireWritable(model);
    LabeledImages mnist = source.load(ImageSet.MNIST, out);
    double best = -1;
    for (int seed : seeds) {
      long start = System.nanoTime();
      Split split = mnist.train().splitStratified(HELD_OUT, seed);
      Network network = network(seed);
      train(network, split, seed, out);
      double minutes = (System.nanoTime() - start) * 1e-9 / 60;
      double test = Digits.accuracy(network, mnist.test());
      out.printf(
          Locale.ROOT,
          "seed %d: test accuracy: %.2f %% after %.1f minutes%n",
          seed,
          100 * test,
          minutes);
      double heldOut = Digits.accuracy(network, split.validation());
      if (heldOut > best) {
        best = heldOut;
        FileAccess.saveOrRescue(model, path -> ModelFiles.save(network, path));
        out.printf(
            Locale.ROOT,
            "saved %s: seed %d, %.2f %% of its held-out images%n",
            model,
            seed,
            100 * heldOut);
      }
      out.flush();
    }
    return OK;
  }

  private static Network network(int seed) {
    Network network =
        Network.builder(SIDE * SIDE)
            .dense(512, relu())
            .dropout(DROPOUT)
            .dense(256, relu())
            .dropout(DROPOUT)
            .dense(10, softmax())
            .seed(seed)
            .build();
    network.setInfo(ModelOption.info(Digits.MNIST));
    return network;
  }

  private void train(Network network, Split split, int seed, PrintWriter out) {
    ImageAugmentation augmentation = ImageAugmentation.of(SIDE, SIDE).shift(2).rotate(12).zoom(0.1);
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(Schedules.cosine(FIRST_RATE, LAST_RATE, Span.ofRun(1))))
        .batchSize(BATCH)
        .epochs(epochs)
        .seed(seed)
        .validation(split.validation())
        .metric(accuracy())
        .listener(EarlyStopping.after(PATIENCE).watching(Monitor.highest(accuracy())))
        .listener(Terminal.progressBar(out))
        .build()
        .fit(split.training().augment(augmentation, seed));
  }
}
