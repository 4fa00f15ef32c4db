package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class ModernMnistTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Example.commandLine(new ModernMnist());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void readsDigitsItHasNotSeen(@TempDir Path folder) throws IOException {
    DigitFiles.write(folder, "train", 2400, 1);
    DigitFiles.write(folder, "t10k", 200, 2);
    String model = folder.resolve("modern.safetensors").toString();
    int exitCode =
        run("--data", folder.toString(), "--epochs", "6", "--seeds", "1,2", "--model", model);
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    List<String> results = out.toString().lines().filter(line -> line.startsWith("seed")).toList();
    assertThat(results).hasSize(2);
    assertThat(results.get(0))
        .matches("seed 1: test accuracy: [89]\\d\\.\\d\\d % after \\d\\.\\d minutes");
    assertThat(results.get(1)).startsWith("seed 2: test accuracy: ");

    List<String> saved = out.toString().lines().filter(line -> line.startsWith("saved")).toList();
    String last = saved.get(saved.size() - 1);
    assertThat(last)
        .matches(
            Pattern.quote("saved " + model)
                + ": seed [12], \\d\\d\\.\\d\\d % of its held-out images");
    String best = results.get(last.contains("seed 1") ? 0 : 1).replaceAll("seed .: | after .*", "");
    ClassifierRun classifier = new ClassifierRun();
    assertThat(classifier.run("evaluate", "--data", folder.toString(), "--model", model)).isZero();
    assertThat(classifier.out()).contains("trained on MNIST");
    assertThat(classifier.lastLine()).isEqualTo(best);
    Path picture = folder.resolve("three.png");
    try (InputStream png = MnistClassifier.class.getResourceAsStream("three.png")) {
      Files.copy(Objects.requireNonNull(png), picture);
    }
    classifier.forget();
    assertThat(classifier.run("predict", picture.toString(), "--model", model)).isZero();
    assertThat(classifier.lines().get(0)).startsWith(picture + ": 3, ");
  }

  @Test
  void aModelThatCannotBeSavedIsRefusedBeforeTraining(@TempDir Path folder) throws IOException {
    DigitFiles.write(folder, "train", 20, 1);
    DigitFiles.write(folder, "t10k", 20, 2);
    String model = folder.resolve("none").resolve("modern.safetensors").toString();
    assertThat(run("--data", folder.toString(), "--model", model)).isNotZero();
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains(model);
  }

  @Test
  void saysInOneLineThatMnistIsNotThere(@TempDir Path folder) {
    assertThat(run("--data", folder.toString())).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("MNIST: expected the files ")
        .endsWith(
            "; name their folder with --data DIR or the environment variable MNIST_DIR, or fetch them"
                + " with --download");
  }
}
