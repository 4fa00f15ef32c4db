package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adamW;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.SetOptions;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Accuracy on MNIST of 784-40-10 networks trained on generated digits, for five seeds of both
 * digits and network. Expect about 94 % on the 10,000 test images; see {@code
 * docs/generated-digits.md}.
 */
@Command(
    name = "GeneratedDigits",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains networks on generated digits and measures them on MNIST.")
public final class GeneratedDigits extends Example {
  private static final int BATCH = 25;
  private static final double FIRST_RATE = 0.006;
  private static final double LAST_RATE = 1e-5;
  private static final double INPUT_DROPOUT = 0.1;

  @Mixin private SetOptions source = new SetOptions();

  @Option(names = "--digits", defaultValue = "60000", description = "number of digits to generate")
  private int digits;

  @Option(names = "--epochs", defaultValue = "10", description = "passes over the digits")
  private int epochs;

  @Option(names = "--seeds", defaultValue = "5", description = "number of networks to train")
  private int seeds;

  GeneratedDigits() {}

  /**
   * Trains networks and prints their accuracy.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new GeneratedDigits(), args);
  }

  @Override
  protected int run(PrintWriter out) throws IOException {
    LabeledImages mnist = source.load(ImageSet.MNIST, out);
    Require.atLeastOne(seeds, "GeneratedDigits", "number of seeds");
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Network network = train(seed);
      double test = 100 * Digits.accuracy(network, mnist.test());
      sum += test;
      out.printf(
          Locale.ROOT,
          "seed %d: %.2f %% of MNIST's training images, %.2f %% of its test images%n",
          seed,
          100 * Digits.accuracy(network, mnist.train()),
          test);
      out.flush();
    }
    out.printf(Locale.ROOT, "test accuracy, mean of %d seeds: %.2f %%%n", seeds, sum / seeds);
    return OK;
  }

  private Network train(int seed) {
    Dataset generated = SyntheticDigits.generate(digits, seed).dataset();
    Network network =
        Network.builder(generated.inputShape().size())
            .dropout(INPUT_DROPOUT)
            .dense(40, relu())
            .dense(SyntheticDigits.CLASSES, softmax())
            .seed(seed)
            .build();
    Trainer.builder(network)
        .loss(crossEntropy())
        .optimizer(adamW(Schedules.cosine(FIRST_RATE, LAST_RATE, Span.ofRun(1))))
        .batchSize(BATCH)
        .epochs(epochs)
        .seed(seed)
        .build()
        .fit(generated);
    return network;
  }
}
