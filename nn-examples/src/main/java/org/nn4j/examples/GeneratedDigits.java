package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adamW;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.metric.Metrics;
import org.nn4j.mnist.LabeledImages;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.train.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How well a 784-40-10 network that has only ever seen generated digits reads people's: five seeds,
 * each decides both the digits and the network. Expect about 94 % on the 10,000 test images of
 * MNIST; see {@code docs/generated-digits.md}.
 */
@Command(
    name = "GeneratedDigits",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains networks on generated digits and measures them on MNIST.")
public final class GeneratedDigits implements Callable<Integer> {
  private static final int BATCH = 25;
  private static final double FIRST_RATE = 0.006;
  private static final double LAST_RATE = 1e-5;
  private static final double INPUT_DROPOUT = 0.1;

  @Mixin private MnistOptions source = new MnistOptions();

  @Option(names = "--digits", defaultValue = "60000", description = "digits to generate")
  private int digits;

  @Option(names = "--epochs", defaultValue = "10", description = "times through the digits")
  private int epochs;

  @Option(names = "--seeds", defaultValue = "5", description = "networks to train")
  private int seeds;

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Made by the command line. */
  public GeneratedDigits() {}

  /**
   * Trains, measures and prints.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Commands.run(new GeneratedDigits(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    measure(out, source.load(out));
    return CommandLine.ExitCode.OK;
  }

  private void measure(PrintWriter out, LabeledImages mnist) {
    Require.atLeastOne(seeds, "GeneratedDigits", "seeds"); // there is no mean of none
    double sum = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      Network network = train(seed);
      double test = accuracy(network, mnist.test());
      sum += test;
      out.printf(
          Locale.ROOT,
          "seed %d: reads %.2f %% of MNIST's training images, %.2f %% of its test images%n",
          seed,
          accuracy(network, mnist.train()),
          test);
      out.flush();
    }
    out.printf(Locale.ROOT, "test accuracy, mean of %d seeds: %.2f %%%n", seeds, sum / seeds);
    out.flush();
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

  private static double accuracy(Network network, Dataset data) {
    return 100
        * Evaluator.of(network)
            .metrics(Metrics.accuracy())
            .evaluate(data)
            .value(Metrics.accuracy());
  }
}
