package org.nn4j.examples;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.init.Initializers;
import org.nn4j.io.FileAccess;
import org.nn4j.model.Network;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains the classic network and saves it.
 *
 * <p>With weights from N(0, 1) an output can be dead from the start for some seeds, which costs
 * about 9 % each ({@code --weights glorot} cures it).
 *
 * <p>Ctrl-C ends training after the step under way and saves the run; {@code --resume} goes on with
 * it, to the same bits as if it had not been stopped, or goes on with a finished run for more
 * epochs.
 *
 * <p>All training images are trained on. The test images decide nothing: the figures that are
 * printed after each epoch are for people.
 */
@Command(
    name = "train",
    sortOptions = false,
    showDefaultValues = true,
    description = "Trains a network to read handwritten digits, saves it and prints its accuracy.")
final class MnistTrain implements Callable<Integer> {
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

  @Mixin private DigitsOptions source = new DigitsOptions();

  @Option(
      names = "--test",
      paramLabel = "DIR",
      description = "measure on the test images of this folder instead, or on 'generated' digits")
  private @Nullable String test;

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

  @Mixin private ModelOption model = new ModelOption();

  @Option(names = "--resume", description = "go on with the run that was saved there")
  private boolean resume;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    FileAccess.requireWritable(model.file());
    Digits digits = source.load(out);
    Digits tests = test == null ? digits : source.load(test, "--test");
    Network network =
        Network.builder(digits.train().inputShape().size())
            .dense(hidden, sigmoid())
            .dense(10, sigmoid())
            .weights(weights.initializer())
            .seed(seed)
            .build();
    network.setInfo(ModelOption.info(digits.name()));
    out.println(network);

    Trainer trainer =
        Trainer.builder(network)
            .loss(squaredError())
            .optimizer(sgd(learningRate))
            .batchSize(batchSize)
            .epochs(epochs)
            .seed(seed)
            .listener(Terminal.progressBar(out))
            .listener(new TestFigures(tests, out))
            .build();
    if (resume) {
      resume(trainer, digits, out);
    }
    StopReason ending = train(trainer, digits, out);
    if (ending.kind() == StopReason.Kind.INTERRUPTED) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    out.println(tests.accuracy(network));
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void resume(Trainer trainer, Digits digits, PrintWriter out) throws IOException {
    String before = ModelOption.trainedOn(model.load());
    Require.that(
        before.equals(digits.name()),
        "MnistClassifier",
        before + ", which the run in " + model.file() + " was trained on",
        digits.name(),
        "train with the same digits, or without --resume");
    trainer.resume(model.file());
    out.printf(Locale.ROOT, "going on after step %d%n", trainer.progress().steps());
  }

  /** Trains, until Ctrl-C at most, and saves the run. */
  private StopReason train(Trainer trainer, Digits digits, PrintWriter out) throws IOException {
    InterruptOnExit exit = new InterruptOnExit();
    try {
      StopReason ending = trainer.fit(digits.train()).stopReason();
      // A checkpoint is a model file from which training can go on.
      FileAccess.saveOrRescue(model.file(), trainer.checkpoint()::save);
      if (ending.kind() == StopReason.Kind.INTERRUPTED) {
        out.printf(
            Locale.ROOT,
            "%nstopped after step %d, saved %s: go on with --resume%n",
            trainer.progress().steps(),
            model.file());
      } else {
        out.printf(Locale.ROOT, "trained on %s, saved %s%n", digits.name(), model.file());
      }
      out.flush();
      return ending;
    } finally {
      exit.release();
    }
  }
}
