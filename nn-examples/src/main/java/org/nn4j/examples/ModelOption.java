package org.nn4j.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nn4j.Require;
import org.nn4j.data.InputScaling;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import picocli.CommandLine.Option;

/** The option that names the file of the trained network. */
final class ModelOption {
  /** A note of the file: what the network was trained on. */
  private static final String TRAINED_ON = "trained on";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      defaultValue = "mnist.safetensors",
      description = "file of the trained network")
  private Path file = Path.of("mnist.safetensors");

  Path file() {
    return file;
  }

  /** The network that training saved. */
  Network load() throws IOException {
    if (!Files.exists(file)) {
      throw new FileNotFoundException(
          Require.message(
              "MnistClassifier",
              "a trained network in " + file,
              "no such file",
              "train one, or name its file with --model"));
    }
    return Network.load(file);
  }

  static ModelInfo info(Digits digits) {
    return ModelInfo.none()
        .withInputScaling(InputScaling.divideBy(255))
        .withClassLabels("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
        .withNote(TRAINED_ON, digits.name());
  }

  static String trainedOn(Network network) {
    return network.info().notes().getOrDefault(TRAINED_ON, "digits of unknown origin");
  }
}
