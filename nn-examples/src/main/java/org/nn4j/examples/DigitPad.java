package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.loss.Losses.crossEntropy;
import static org.nn4j.optim.Optimizers.adam;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.nn4j.data.image.ImageAugmentation;
import org.nn4j.examples.cli.Digits;
import org.nn4j.examples.cli.DigitsOptions;
import org.nn4j.examples.cli.Example;
import org.nn4j.examples.cli.InterruptOnExit;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.examples.cli.Terminal;
import org.nn4j.examples.server.DigitExplainer;
import org.nn4j.examples.server.DigitPadServer;
import org.nn4j.examples.server.Drawing;
import org.nn4j.examples.server.LocalServer;
import org.nn4j.io.FileAccess;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.mnist.digits.SyntheticDigits;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.StopReason;
import org.nn4j.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Web page, for this machine alone, on which you draw a digit and watch a network classify it:
 * probabilities, the input of the network, the activations of each layer, and the saliency map,
 * after each movement of the pen.
 *
 * <p>The network is loaded from a file that this program, {@link MnistClassifier} or {@link
 * ModernMnist} saved. If there is none, one is trained on slightly shifted, rotated and zoomed
 * digits, and saved. Ctrl-C stops the server.
 */
@Command(
    name = "DigitPad",
    sortOptions = false,
    showDefaultValues = true,
    description = "Serves a page, to this machine alone, on which a network classifies drawings.")
public final class DigitPad extends Example {
  private static final int SIDE = DigitImage.SIDE;
  private static final int BATCH = 64;
  private static final double FIRST_RATE = 0.002;
  private static final double LAST_RATE = 1e-5;
  private static final int SEED = 1;

  /** Explanations before the first drawing, which load and compile the classes. */
  private static final int WARM_UPS = 20;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "digit-pad.safetensors",
      description = "file of the network; if it does not exist, one is trained and saved there")
  private Path file = Path.of("digit-pad.safetensors");

  @Mixin private DigitsOptions source = new DigitsOptions();

  @Option(names = "--epochs", defaultValue = "6", description = "passes over the training images")
  private int epochs;

  @Option(names = "--port", defaultValue = "0", description = "port; 0 for any that is free")
  private int port;

  DigitPad() {}

  /**
   * Serves until Ctrl-C.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // The page is the only window.
    System.setProperty("java.awt.headless", "true");
    start(new DigitPad(), args);
  }

  @Override
  protected int run(PrintWriter out) throws IOException {
    InterruptOnExit exit = new InterruptOnExit();
    try {
      LocalServer.requireFree(port);
      if (Files.exists(file) || train(out)) {
        serve(out);
      }
      out.println("stopped");
      out.flush();
      return OK;
    } finally {
      exit.release();
    }
  }

  /** Trains a network and saves it, unless Ctrl-C stops it. */
  private boolean train(PrintWriter out) throws IOException {
    FileAccess.requireWritable(file);
    Digits digits = source.load(out);
    ImageAugmentation augmentation =
        ImageAugmentation.of(SIDE, SIDE).shift(1.5).rotate(12).zoom(0.1);
    try (Network network = network()) {
      network.setInfo(ModelOption.info(digits.name()));
      StopReason ending =
          Trainer.builder(network)
              .loss(crossEntropy())
              .optimizer(adam(Schedules.cosine(FIRST_RATE, LAST_RATE, Span.ofRun(1))))
              .batchSize(BATCH)
              .epochs(epochs)
              .seed(SEED)
              .listener(Terminal.progressBar(out))
              .build()
              .fit(digits.train().augment(augmentation, SEED))
              .stopReason();
      if (ending.kind() == StopReason.Kind.INTERRUPTED) {
        return false;
      }
      FileAccess.saveOrRescue(file, path -> ModelFiles.save(network, path));
      out.println(digits.accuracy(network) + ", saved " + file);
    }
    return true;
  }

  private static Network network() {
    return Network.builder(SIDE * SIDE)
        .dense(256, relu())
        .dense(128, relu())
        .dense(SyntheticDigits.CLASSES, softmax())
        .seed(SEED)
        .build();
  }

  private void serve(PrintWriter out) throws IOException {
    ModelOption model = new ModelOption(file);
    try (Network network = model.load()) {
      model.requirePixels(network, SIDE * SIDE);
      try (DigitExplainer explainer = new DigitExplainer(network);
          DigitPadServer server = DigitPadServer.start(explainer, port)) {
        for (int i = 0; i < WARM_UPS; i++) {
          explainer.explain(Drawing.read("[[140, 40, 140, 240]]".getBytes(UTF_8)).digit());
        }
        out.println("network of " + file + ", trained on " + ModelOption.trainedOn(network));
        out.println("open " + server.uri() + " (Ctrl-C stops)");
        out.flush();
        new CountDownLatch(1).await();
      } catch (InterruptedException ctrlC) {
        // The server is closed.
      }
    }
  }
}
