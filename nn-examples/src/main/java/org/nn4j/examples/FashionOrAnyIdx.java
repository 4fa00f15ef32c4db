package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.metric.Metrics.confusionMatrix;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.SetOptions;
import org.nn4j.examples.cli.Terminal;
import org.nn4j.metric.ConfusionMatrix;
import org.nn4j.mnist.IdxDataset;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.train.Trainer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Classifier for Fashion-MNIST or a relative, selected by name, or for any pair of IDX files.
 * Prints the accuracy of each class and its most frequent confusion.
 *
 * <p>Expect 97.6 % on MNIST's 10,000 test images with {@code --set MNIST}; 92.7 % on a held-out
 * fifth of them with {@code --images t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz}.
 * Not measured on Fashion-MNIST, the default.
 */
@Command(
    name = "FashionOrAnyIdx",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a classifier on images in IDX files and prints its accuracy by class.")
public final class FashionOrAnyIdx extends Example {
  private static final int BATCH = 50;
  private static final double RATE = 0.001;
  private static final double HELD_OUT = 0.2;

  /** Samples and their labels. */
  private static final class Pair {
    @Option(names = "--images", required = true, description = "IDX file of the samples")
    private Path images = Path.of("");

    @Option(names = "--labels", required = true, description = "IDX file of their classes")
    private Path labels = Path.of("");
  }

  /** Samples and labels to test on. */
  private static final class TestPair {
    @Option(names = "--test-images", required = true, description = "IDX file of the test samples")
    private Path images = Path.of("");

    @Option(names = "--test-labels", required = true, description = "IDX file of their classes")
    private Path labels = Path.of("");
  }

  @Option(
      names = "--set",
      paramLabel = "NAME",
      defaultValue = "Fashion-MNIST",
      description = "the set: MNIST, Fashion-MNIST, KMNIST, QMNIST, EMNIST-Letters ...")
  private String set = "";

  @Mixin private SetOptions source = new SetOptions();

  @ArgGroup(exclusive = false, heading = "Or a pair of files, of any type and size:%n")
  private @Nullable Pair pair;

  @ArgGroup(exclusive = false, heading = "Test files (default: a fifth of the pair is held out):%n")
  private @Nullable TestPair testPair;

  @Option(names = "--names", split = ",", description = "names of the classes (default: 0, 1, ...)")
  private List<String> names = new ArrayList<>();

  @Option(names = "--hidden", defaultValue = "128", description = "units of the hidden layer")
  private int hidden;

  @Option(names = "--epochs", defaultValue = "5", description = "passes over the samples")
  private int epochs;

  @Option(names = "--seed", defaultValue = "1", description = "seed of weights, order and split")
  private long seed;

  FashionOrAnyIdx() {}

  /**
   * Trains a network and prints its accuracy.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new FashionOrAnyIdx(), args);
  }

  @Override
  protected int run(PrintWriter out) throws IOException {
    learn(pair == null ? source.load(ImageSet.ofName(set), out) : byFiles(pair), out);
    return OK;
  }

  private LabeledImages byFiles(Pair files) throws IOException {
    Dataset all =
        names.isEmpty()
            ? IdxDataset.load(files.images, files.labels)
            : IdxDataset.load(files.images, files.labels, names.size());
    int classes = Math.toIntExact(all.targetShape().size());
    List<String> called =
        names.isEmpty() ? IntStream.range(0, classes).mapToObj(Integer::toString).toList() : names;
    if (testPair != null) {
      Dataset test = IdxDataset.load(testPair.images, testPair.labels, classes);
      return new LabeledImages(all, test, called);
    }
    Split split = all.splitStratified(HELD_OUT, seed);
    return new LabeledImages(split.training(), split.validation(), called);
  }

  private void learn(LabeledImages images, PrintWriter out) {
    Network network =
        Network.builder(images.train().inputShape().size())
            .dense(hidden, relu())
            .dense(images.classNames().size(), softmax())
            .seed(seed)
            .build();
    out.println(network);
    ConfusionMatrix confusion = confusionMatrix(images.classNames());
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adam(RATE))
        .batchSize(BATCH)
        .epochs(epochs)
        .seed(seed)
        .listener(Terminal.progressBar(out))
        .build()
        .fit(images.train());
    Evaluator.of(network).metrics(confusion).evaluate(images.test());
    for (int c = 0; c < confusion.classes(); c++) {
      out.println(line(confusion, c, images.classNames()));
    }
    out.printf(Locale.ROOT, "test accuracy: %.2f %%%n", 100 * confusion.value());
    out.flush();
  }

  /**
   * Returns a line such as {@code "Shirt: 71.20 % of 1,000 correct; most often confused with
   * T-shirt/top, 121 times"}.
   */
  private static String line(ConfusionMatrix confusion, int truth, List<String> names) {
    long samples = confusion.support(truth);
    if (samples == 0) {
      return names.get(truth) + ": no sample to measure on";
    }
    String found =
        String.format(
            Locale.ROOT,
            "%s: %.2f %% of %,d correct",
            names.get(truth),
            100 * confusion.recall(truth),
            samples);
    long most = mistakes(confusion, truth).max().orElse(0);
    if (most == 0) {
      return found;
    }
    List<String> wrong =
        IntStream.range(0, names.size())
            .filter(c -> c != truth && confusion.count(truth, c) == most)
            .mapToObj(names::get)
            .toList();
    return String.format(
        Locale.ROOT,
        "%s; most often confused with %s, %,d time%s%s",
        found,
        String.join(" and ", wrong),
        most,
        most == 1 ? "" : "s",
        wrong.size() == 1 ? "" : " each");
  }

  /** Counts how often samples of a class were predicted as each other class. */
  private static LongStream mistakes(ConfusionMatrix confusion, int truth) {
    return IntStream.range(0, confusion.classes())
        .filter(c -> c != truth)
        .mapToLong(c -> confusion.count(truth, c));
  }
}
