package org.nn4j.examples;

import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.loss.Losses.squaredError;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.sgd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nn4j.Initializer;
import org.nn4j.Require;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.DigitsOptions;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.InterruptOnExit;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.examples.cli.Terminal;
import org.nn4j.examples.cli.TestFigures;
import org.nn4j.init.Initializers;
import org.nn4j.io.FileAccess;
import org.nn4j.model.Network;
import org.nn4j.report.ReportListener;
import org.nn4j.report.ReportOptions;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains the classic network and saves it.
 *
 * <p>With weights from N(0, 1) an output can be dead from the start for some seeds, which loses
 * about 9 % each; {@code --weights glorot} avoids it.
 *
 * <p>Ctrl-C stops training after the current step and saves the run. {@code --resume} continues it
 * with the same bits as an uninterrupted run, or continues a finished run for more epochs.
 *
 * <p>Training uses all training images. The accuracy on test images is printed after each epoch;
 * training does not depend on it.
 */
@Command(
    name = "train",
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Trains a network to classify handwritten digits, saves it and prints its accuracy.")
final class MnistTrain extends Example {
  /** Initializers to choose from. */
  enum Weights {
    /** N(0, 1) for any size of layer. */
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
      description = "test on the images of this folder instead, or on 'generated' digits")
  private @Nullable String test;

  @Option(names = "--epochs", defaultValue = "10", description = "passes over the training images")
  private int epochs;

  @Option(names = "--batch-size", defaultValue = "10", description = "images in a batch")
  private int batchSize;

  @Option(names = "--learning-rate", defaultValue = "3.0", description = "learning rate")
  private double learningRate;

  @Option(names = "--hidden", defaultValue = "40", description = "units of the hidden layer")
  private int hidden;

  @Option(names = "--weights", defaultValue = "normal", description = "${COMPLETION-CANDIDATES}")
  private Weights weights = Weights.normal;

  @Option(names = "--seed", defaultValue = "1", description = "seed of weights and order")
  private long seed;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write an HTML page with curves, mistakes and weights after each epoch")
  private @Nullable Path report;

  @Option(names = "--resume", description = "continue the saved run")
  private boolean resume;

  @Override
  protected int run(PrintWriter out) throws IOException {
    FileAccess.requireWritable(model.file());
    if (report != null) {
      FileAccess.requireWritable(report);
    }
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

    TrainerBuilder builder =
        Trainer.builder(network)
            .loss(squaredError())
            .optimizer(sgd(learningRate))
            .batchSize(batchSize)
            .epochs(epochs)
            .seed(seed)
            .listener(Terminal.progressBar(out))
            .listener(new TestFigures(tests, out));
    if (report != null) {
      addReport(report, tests, builder);
    }
    Trainer trainer = builder.build();
    if (resume) {
      resume(trainer, digits, out);
    }
    StopReason ending = train(trainer, digits, out);
    if (ending.kind() == StopReason.Kind.INTERRUPTED) {
      return FAILED;
    }
    out.println(tests.accuracy(network));
    return OK;
  }

  /** The test images are evaluated as validation data, on which training does not depend. */
  private static void addReport(Path file, Digits tests, TrainerBuilder builder) {
    int side = (int) Math.sqrt((double) tests.test().inputShape().size());
    ReportOptions options =
        ReportOptions.titled("Digit classifier")
            .evaluatedOn(tests.test())
            .pictures(side, side)
            .note("test images", tests.name());
    builder.validation(tests.test()).metric(accuracy()).listener(ReportListener.to(file, options));
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
    out.printf(Locale.ROOT, "resuming after step %d%n", trainer.progress().steps());
  }

  /** Trains until the end or Ctrl-C, and saves the run. */
  private StopReason train(Trainer trainer, Digits digits, PrintWriter out) throws IOException {
    InterruptOnExit exit = new InterruptOnExit();
    try {
      StopReason ending = trainer.fit(digits.train()).stopReason();
      // A checkpoint is a model file from which training can resume.
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
