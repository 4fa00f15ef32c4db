package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link MnistClassifier} does beside training on MNIST. */
class MnistCommandsTest {
  private final ClassifierRun classifier = new ClassifierRun();

  /** The switch keeps this test off the network. */
  @ParameterizedTest
  @CsvSource({
    "--epochs=1, '--download fetches it, --data DIR names its folder'",
    "--download, and could not be fetched"
  })
  void withoutMnistItTrainsOnGeneratedDigitsAndSaysSo(
      String option, String remark, @TempDir Path directory) throws Exception {
    String model = directory.resolve("model.safetensors").toString();
    String[] args = {option, "--digits", "600", "--weights", "glorot", "--model", model};
    ProcessBuilder builder = ClassifierRun.process(List.of("-Dnn4j.offline=true"), args);
    builder.environment().remove("MNIST_DIR");
    builder.environment().put("NN4J_DATA", directory.toString());
    Process process = builder.start();
    List<String> lines;
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      lines = reader.lines().toList();
    }
    assertThat(process.waitFor()).isZero();
    assertThat(lines)
        .containsOnlyOnce(
            "MNIST is not there (" + remark + "): going on with generated digits",
            "trained on generated digits, saved " + model);
    assertThat(lines.get(lines.size() - 1))
        .matches("test accuracy on generated digits: \\d\\d\\.\\d\\d %");
  }

  /** Before the digits are looked for, let alone trained on. */
  @Test
  void aFileThatCannotBeWrittenIsKnownBeforeTraining(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    Path none = directory.resolve("none");
    for (String[] wrong :
        new String[][] {
          {
            directory.toString(),
            "expected a file that can be written, found a folder; name another file"
          },
          {
            none.resolve("x").toString(),
            "expected an existing folder, found no folder " + none + "; make the folder"
          },
          {
            file.resolve("x").toString(),
            "expected a folder at " + file + ", found something else; correct the path"
          },
        }) {
      ClassifierRun run = new ClassifierRun();
      assertThat(run.run("train", "--data", "generated", "--model", wrong[0])).isEqualTo(1);
      assertThat(run.err().strip()).isEqualTo(wrong[0] + ": " + wrong[1]);
      assertThat(run.out()).isEmpty();
    }
    assertThat(file).hasContent("x");
  }

  @Test
  void aNetworkOfGeneratedDigitsIsMeasuredOnAnotherSet(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    String model = directory.resolve("model.safetensors").toString();
    String[] transfer = {
      "train",
      "--data",
      "generated",
      "--digits",
      "1000",
      "--test",
      directory.toString(),
      "--epochs",
      "5",
      "--weights",
      "glorot",
      "--model",
      model
    };
    assertThat(classifier.run(transfer)).isZero();
    assertThat(classifier.lastLine())
        .matches("test accuracy on " + Pattern.quote(directory.toString()) + ": [5-9]\\d\\..*");

    assertThat(classifier.run(ClassifierRun.training(directory, "--resume", "--epochs", "6")))
        .isNotZero();
    assertThat(classifier.err())
        .isEqualToIgnoringNewLines(
            "MnistClassifier: expected to go on with generated digits, as in "
                + model
                + ", found MNIST; train with the same digits, or without --resume");
  }

  @Test
  void whatWasTrainedIsEvaluatedAndReadsPictures(@TempDir Path directory) throws IOException {
    ClassifierRun.writeGenerated(directory);
    String model = directory.resolve("model.safetensors").toString();
    assertThat(
            classifier.run(
                ClassifierRun.training(directory, "--epochs", "60", "--weights", "glorot")))
        .isZero();
    String accuracy = classifier.lastLine();
    assertThat(accuracy).matches("test accuracy: \\d\\d\\.\\d\\d %");
    assertThat(
            classifier.run(
                ClassifierRun.concat(new String[] {"evaluate"}, ClassifierRun.training(directory))))
        .isZero();
    assertThat(classifier.out()).contains("true \\ predicted", "trained on MNIST");
    assertThat(classifier.lastLine()).isEqualTo(accuracy);

    Path picture = directory.resolve("three.png");
    try (InputStream png = MnistClassifier.class.getResourceAsStream("three.png")) {
      Files.copy(Objects.requireNonNull(png), picture);
    }
    classifier.forget();
    String none = directory.resolve("none.png").toString();
    assertThat(classifier.run("predict", none, picture.toString(), "--model", model)).isNotZero();
    assertThat(classifier.err()).startsWith("picture " + none).hasLineCount(1);
    List<String> lines = classifier.lines();
    assertThat(lines).hasSize(15);
    String best = lines.get(0).replace(picture + ": ", "");
    List<String[]> digits =
        lines.stream()
            .filter(line -> line.contains(" % "))
            .map(line -> line.substring(28).strip().split(" +"))
            .toList();
    assertThat(digits).hasSize(10);
    assertThat(digits.stream().mapToDouble(cells -> Double.parseDouble(cells[1])).sum())
        .isCloseTo(100, within(0.1));
    assertThat(digits.stream().max(comparingDouble(cells -> Double.parseDouble(cells[1]))))
        .hasValueSatisfying(cells -> assertThat(cells[0]).isEqualTo(best));
    assertThat(lines.stream().skip(1).map(line -> line.substring(0, 28)))
        .anyMatch(line -> line.contains("@"))
        .allMatch(line -> line.matches("[ .:=+*#%@-]{28}"));
  }

  @Test
  void saysInOneLineThatNoNetworkWasTrained(@TempDir Path directory) {
    String model = directory.resolve("model.safetensors").toString();
    assertThat(classifier.run("evaluate", "--model", model)).isNotZero();
    assertThat(classifier.err())
        .isEqualToIgnoringNewLines(
            "MnistClassifier: expected a trained network in "
                + model
                + ", found no such file; train one, or name its file with --model");
  }
}
