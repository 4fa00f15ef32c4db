package org.nn4j.examples;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nn4j.Initializer;
import org.nn4j.data.Dataset;
import org.nn4j.init.Initializers;
import org.nn4j.metric.Accuracy;
import org.nn4j.mnist.DownloadListener;
import org.nn4j.mnist.ImageSet;
import org.nn4j.mnist.Mnist;
import org.nn4j.model.Network;
import org.nn4j.train.Ending;
import org.nn4j.train.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The classic digit classifier: 784-40-10, sigmoid, squared error, weights from N(0, 1), batches of
 * 10, learning rate 3.0. Expect about 95 % on the 10,000 test images after 10 epochs.
 *
 * <p>With these weights an output can be dead from the start for some seeds, which costs about 9 %
 * each ({@code --weights glorot} cures it).
 *
 * <p>Ctrl-C ends training after the step under way and saves the run; {@code --resume} goes on with
 * it, to the same bits as if it had not been stopped.
 */
@Command(
    name = "MnistClassifier",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a network to read handwritten digits and prints its accuracy.")
public final class MnistClassifier implements Callable<Integer> {
  /** Where the first weights come from. */
  enum Weights {
    /** N(0, 1), whatever the size of the layer. */
    normal,
    /** Scaled by the size of the layer. */
    glorot;

    Initializer initializer() {
      return switch (this) {
        case normal -> Initializers.normal();
        case glorot -> Initializers.glorot();
      };
    }
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder with the four MNIST files, or with torchvision's or Keras's (default: the"
              + " environment variable MNIST_DIR, else the folder of downloads)")
  private @Nullable Path data;

  @Option(names = "--download", description = "fetch the MNIST files, 11 MB, if they are not there")
  private boolean download;

  @Option(
      names = "--epochs",
      defaultValue = "10",
      description = "times through the training images")
  private int epochs;

  @Option(names = "--batch-size", defaultValue = "10", description = "images in a step")
  private int batchSize;

  @Option(names = "--learning-rate", defaultValue = "3.0", description = "size of a step")
  private double learningRate;

  @Option(names = "--hidden", defaultValue = "40", description = "units of the hidden layer")
  private int hidden;

  @Option(names = "--weights", defaultValue = "normal", description = "${COMPLETION-CANDIDATES}")
  private Weights weights = Weights.normal;

  @Option(names = "--seed", defaultValue = "1", description = "decides weights and order")
  private long seed;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      defaultValue = "mnist-checkpoint.safetensors",
      description = "where Ctrl-C saves the run")
  private Path checkpoint = Path.of("mnist-checkpoint.safetensors");

  @Option(names = "--resume", description = "go on with the run that Ctrl-C saved")
  private boolean resume;

  @Option(names = "--save", paramLabel = "FILE", description = "save the trained network")
  private @Nullable Path save;

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Made by the command line. */
  public MnistClassifier() {}

  /**
   * Trains and prints.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    int exitCode = commandLine().execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The command, which answers to wrong input with one line instead of a stack trace. */
  static CommandLine commandLine() {
    return new CommandLine(new MnistClassifier())
        .setExecutionExceptionHandler(
            (problem, command, parsed) -> {
              if (problem instanceof IOException || problem instanceof IllegalArgumentException) {
                command.getErr().println(problem.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw problem;
            });
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Mnist mnist = digits(out);

    Network network =
        Network.builder(mnist.train().inputShape().size())
            .dense(hidden, sigmoid())
            .dense(Mnist.CLASSES, sigmoid())
            .weights(weights.initializer())
            .seed(seed)
            .build();
    out.println(network);

    Trainer trainer =
        Trainer.builder(network)
            .loss(meanSquaredError())
            .optimizer(sgd(learningRate))
            .batchSize(batchSize)
            .epochs(epochs)
            .seed(seed)
            .validation(mnist.test())
            .metric(new Accuracy())
            .listener(Terminal.progressBar(out))
            .build();
    if (resume) {
      trainer.resume(checkpoint);
      out.printf("going on after step %d%n", trainer.progress().steps());
    }
    if (interrupted(trainer, mnist.train(), out)) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (save != null) {
      network.save(save);
      out.println("saved " + save);
    }
    double accuracy = trainer.evaluate(mnist.test()).getOrDefault("accuracy", Double.NaN);
    out.printf(Locale.ROOT, "test accuracy: %.2f %%%n", 100 * accuracy);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** Trains; whether Ctrl-C ended it, with the run saved. */
  private boolean interrupted(Trainer trainer, Dataset images, PrintWriter out) throws IOException {
    InterruptOnExit exit = new InterruptOnExit();
    try {
      Ending ending = trainer.fit(images).ending();
      if (ending.kind() != Ending.Kind.INTERRUPTED) {
        return false;
      }
      trainer.checkpoint().save(checkpoint);
      out.printf(
          "%nstopped after step %d, saved %s: go on with --resume%n",
          trainer.progress().steps(), checkpoint);
      out.flush();
      return true;
    } finally {
      exit.release();
    }
  }

  private Mnist digits(PrintWriter out) throws IOException {
    try {
      return data == null ? Mnist.load() : Mnist.load(data);
    } catch (FileNotFoundException missing) {
      if (!download) {
        throw new FileNotFoundException(missing.getMessage() + ": --data DIR, or --download");
      }
    }
    DownloadListener printer = new DownloadPrinter(out);
    return Mnist.load(
        data == null ? Mnist.download(printer) : ImageSet.MNIST.download(data, printer));
  }
}
