package org.nn4j.examples;

import java.util.stream.Stream;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The classic digit classifier: 784-40-10, sigmoid, squared error, weights from N(0, 1), batches of
 * 10, learning rate 3.0. Expect an accuracy of about 95 % on MNIST's 10,000 test images after 10
 * epochs; without MNIST, about 88 % on generated digits.
 *
 * <p>{@code train}, the default command, saves the network; {@code evaluate} measures it, and
 * {@code predict FILE...} classifies pictures of digits.
 */
@Command(
    name = "MnistClassifier",
    subcommands = {MnistTrain.class, MnistEvaluate.class, MnistPredict.class},
    synopsisSubcommandLabel = "[COMMAND]",
    description = "Classifies handwritten digits.",
    footer = "The default command is train. COMMAND --help lists its options.")
public final class MnistClassifier {
  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli requires it
  private boolean help;

  MnistClassifier() {}

  /**
   * Trains, evaluates or predicts.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Example.exit(execute(Example.commandLine(new MnistClassifier()), args));
  }

  /** Trains by default, if the first argument is not a command. */
  static int execute(CommandLine line, String... args) {
    boolean commanded =
        args.length > 0 && (line.getSubcommands().containsKey(args[0]) || args[0].equals("--help"));
    return commanded
        ? line.execute(args)
        : line.execute(Stream.concat(Stream.of("train"), Stream.of(args)).toArray(String[]::new));
  }
}
