package org.nn4j.examples.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.data.InputScaling;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;
import picocli.CommandLine.Option;

/** Option for the file of the trained network. */
public final class ModelOption {
  /** A note in the file that names the training set. */
  private static final String TRAINED_ON = "trained on";

  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final double FULL_INK = 255;
  private static final InputScaling BYTES = InputScaling.divideBy(FULL_INK);

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "mnist.safetensors",
      description = "file of the trained network")
  private Path file;

  public ModelOption() {
    this(Path.of("mnist.safetensors"));
  }

  public ModelOption(Path file) {
    this.file = file;
  }

  public Path file() {
    return file;
  }

  /**
   * Loads a network of any shape that classifies ten digits. Without a scaling in its file, the
   * network expects pixels from 0 to 1. Its {@link Network#info} has the labels and scaling that a
   * classifier needs.
   */
  public Network load() throws IOException {
    if (!Files.exists(file)) {
      throw new FileNotFoundException(
          Require.message(
              file.toString(),
              "a trained network",
              "no such file",
              "train one, or name its file with --model"));
    }
    Network network = ModelFiles.load(file);
    List<String> classes = network.info().classLabels();
    long outputs = network.outputShape().size();
    if (outputs != DIGITS.size() || !(classes.isEmpty() || classes.equals(DIGITS))) {
      throw misfit(
          "a network that classifies the digits 0 to 9",
          outputs + " outputs" + (classes.isEmpty() ? "" : " for " + String.join(", ", classes)));
    }
    ModelInfo info = network.info();
    network.setInfo(
        info.withClassLabels(DIGITS).withInputScaling(info.inputScaling().orElse(BYTES)));
    return network;
  }

  /** Checks the number of inputs of a network. */
  public void requirePixels(Network network, long pixels) {
    if (network.inputShape().size() != pixels) {
      throw misfit(
          "a network for images of " + pixels + " pixels",
          "one for inputs of the shape " + network.inputShape());
    }
  }

  private IllegalArgumentException misfit(String expected, String found) {
    return new IllegalArgumentException(
        Require.message(
            file.toString(),
            expected,
            found,
            "name the file of another network with --model, or train one"));
  }

  /**
   * Returns pixels in the shape, type and scaling of a network.
   *
   * @param pixels from 0 to 1, one row for each image
   */
  public static INDArray inputs(Network network, INDArray pixels) {
    INDArray bytes =
        pixels
            .reshape(network.inputShape().withBatch(pixels.size(0)))
            .castTo(network.dataType())
            .mul(FULL_INK);
    return network.info().inputScaling().orElse(BYTES).apply(bytes);
  }

  /** Returns the metadata of a network that was trained on pixels from 0 to 1. */
  public static ModelInfo info(String trainedOn) {
    return ModelInfo.none()
        .withInputScaling(BYTES)
        .withClassLabels(DIGITS)
        .withNote(TRAINED_ON, trainedOn);
  }

  public static String trainedOn(Network network) {
    return network.info().notes().getOrDefault(TRAINED_ON, "digits of unknown origin");
  }
}
