package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.nn4j.Optimizer;
import org.nn4j.data.Batch;
import org.nn4j.data.Batches;
import org.nn4j.metric.Predictions;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Softmax and cross-entropy on the digits: one epoch of a hundred batches at rate 0.03, in a loop
 * written out; then the network reads pictures of digits.
 *
 * <p>Expect about 84 % of MNIST's test images: a hundred steps are not many (71 % of generated
 * digits, where MNIST is not). The picture that comes with the example shows a 3, and that is what
 * the network reads.
 */
@Command(
    name = "HundredBatches",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains for a hundred batches, then reads pictures of digits.")
public final class HundredBatches implements Callable<Integer> {
  private static final int BATCHES = 100;
  private static final double RATE = 0.03;
  private static final String PICTURE = "three.png";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "pictures of digits to read (default: one that comes with the example)")
  private List<Path> files = List.of();

  @Mixin private DigitsOptions source = new DigitsOptions();

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Made by the command line. */
  public HundredBatches() {}

  /**
   * Trains, measures and reads.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Commands.run(new HundredBatches(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Digits digits = source.load(out);
    Network network = train(digits, out);
    out.println(digits.accuracy(network));
    if (files.isEmpty()) {
      read(network, PICTURE, bundledPicture(), out);
    }
    for (Path file : files) {
      read(network, file.toString(), DigitImage.read(file), out);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  static Network train(Digits digits, PrintWriter out) {
    Network network = Network.builder(784).dense(128, relu()).dense(10, softmax()).seed(1).build();
    Objective objective = Objective.of(network, crossEntropy());
    Optimizer optimizer = sgd(RATE);
    int step = 0;
    int batchSize = Math.max(1, digits.train().size() / BATCHES);
    for (Batch batch :
        Batches.shuffled(digits.train(), batchSize, network.dataType(), 1).epoch(1)) {
      network.zeroGrad();
      double loss = objective.forward(batch);
      objective.backward();
      optimizer.step(network.parameters());
      if (step++ % 10 == 0) {
        out.printf(Locale.ROOT, "batch %3d  loss %.4f%n", step, loss);
      }
    }
    return network;
  }

  private static void read(Network network, String name, DigitImage digit, PrintWriter out) {
    Predictions.ClassProbability best =
        Predictions.topK(network.predict(digit.toArray()), 1).get(0).get(0);
    out.printf(Locale.ROOT, "%s: a %d, probability %.2f%n", name, best.index(), best.probability());
    digit.doubt().ifPresent(doubt -> out.println(Digits.remark(doubt)));
  }

  private static DigitImage bundledPicture() throws IOException {
    try (InputStream png =
        Objects.requireNonNull(HundredBatches.class.getResourceAsStream(PICTURE))) {
      return DigitImage.of(Objects.requireNonNull(ImageIO.read(png)));
    }
  }
}
