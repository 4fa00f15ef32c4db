package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.examples.cli.DownloadPrinter;

class MnistClassifierTest {
  private final ClassifierRun classifier = new ClassifierRun();

  @Test
  void trainsAndPrintsItsAccuracyLastAndAlone(@TempDir Path directory) throws IOException {
    ClassifierRun.writeDigits(directory, "train", 200);
    ClassifierRun.writeDigits(directory, "t10k", 50);
    int exitCode =
        classifier.run(
            ClassifierRun.training(
                directory, "--epochs", "30", "--hidden", "12", "--weights", "glorot"));
    assertThat(classifier.err()).isEmpty();
    assertThat(exitCode).isZero();
    List<String> lines = classifier.lines();
    assertThat(lines).anyMatch(line -> line.startsWith("Dense(16 -> 12, sigmoid)"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("epoch"))
        .hasSize(30 + 29)
        .allMatch(
            line ->
                line.matches(
                    "epoch +\\d+(/30  loss \\d\\.\\d{4}  [\\d,]+ samples/s"
                        + "|  test accuracy: \\d+\\.\\d\\d %)"));
    assertThat(classifier.out()).as("the test images decide nothing").doesNotContain("validation");
    assertThat(classifier.lastLine()).isEqualTo("test accuracy: 100.00 %");
  }

  @Test
  void aRunThatIsStoppedByASignalIsSavedAndGoesOnToTheSameBits(@TempDir Path directory)
      throws Exception {
    ClassifierRun.writeDigits(directory, "train", 200);
    ClassifierRun.writeDigits(directory, "t10k", 10);
    // More lines than a pipe holds: the process cannot end before it is stopped.
    String[] going = ClassifierRun.training(directory, "--epochs", "3000", "--hidden", "8");
    Path model = directory.resolve("model.safetensors");
    assertThat(classifier.run(going)).isZero();
    Path whole = Files.move(model, directory.resolve("whole.safetensors"));

    Process process = ClassifierRun.process(List.of(), going).start();
    assumeTrue(process.supportsNormalTermination(), "no signal that a process can answer");
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      while (!String.valueOf(lines.readLine()).startsWith("epoch")) {
        assertThat(process.isAlive()).isTrue();
      }
      process.toHandle().destroy();
      assertThat(lines.lines())
          .last()
          .asString()
          .matches("stopped after step \\d+, saved .*: go on with --resume");
    }
    assertThat(process.waitFor()).isNotZero();

    assertThat(classifier.run(ClassifierRun.concat(going, "--resume", "--batch-size", "20")))
        .isNotZero();
    assertThat(classifier.err())
        .startsWith(
            "Trainer, resuming from a checkpoint: expected batch_size 10, found batch_size 20; ");
    assertThat(classifier.run(ClassifierRun.concat(going, "--resume"))).isZero();
    assertThat(classifier.out()).containsPattern("resuming after step \\d+");
    assertThat(model).hasSameBinaryContentAs(whole);
  }

  @Test
  void saysInOneLineWhatIsWrong(@TempDir Path directory) {
    assertThat(classifier.run(ClassifierRun.training(directory))).isNotZero();
    assertThat(classifier.err().lines())
        .singleElement()
        .asString()
        .startsWith("MNIST: expected the files train-images-idx3-ubyte[.gz], ")
        .contains("none of them in " + directory)
        .endsWith(
            "; name their folder with --data DIR or the environment variable MNIST_DIR, or fetch them"
                + " with --download")
        .doesNotContain("download()");
    classifier.forget();
    assertThat(
            classifier.run("--data", "generated", "--digits", "10", "--test", directory.toString()))
        .isNotZero();
    assertThat(classifier.err().lines())
        .last()
        .asString()
        .endsWith("; name their folder with --test DIR, or 'generated'");
  }

  @Test
  void filesThatAreThereAreNotDownloaded(@TempDir Path directory) throws IOException {
    ClassifierRun.writeDigits(directory, "train", 10);
    ClassifierRun.writeDigits(directory, "t10k", 10);
    assertThat(classifier.run(ClassifierRun.training(directory, "--download", "--epochs", "1")))
        .isZero();
    assertThat(classifier.out()).doesNotContain("fetching");
  }

  /** The switch keeps this test off the network. */
  @Test
  void downloadGoesIntoTheFolderOfTheData(@TempDir Path directory) {
    System.setProperty("nn4j.offline", "true");
    try {
      assertThat(classifier.run(ClassifierRun.training(directory, "--download"))).isNotZero();
    } finally {
      System.clearProperty("nn4j.offline");
    }
    assertThat(classifier.err().lines())
        .singleElement()
        .asString()
        .startsWith("Download: expected train-images-idx3-ubyte.gz in " + directory)
        .contains("the network is switched off");
  }

  @Test
  void downloadIsToldLineByLine() {
    StringWriter out = new StringWriter();
    DownloadPrinter printer = new DownloadPrinter(new PrintWriter(out, true));
    URI source = URI.create("https://mirror.example/file.gz");
    printer.onStart(source, 0, 100);
    printer.onProgress(50);
    printer.onFailure(source, new IOException("connection reset"));
    printer.onStart(source, 50, 100);
    printer.onDone(Path.of("file.gz"));
    assertThat(out.toString().lines())
        .containsExactly(
            "fetching https://mirror.example/file.gz",
            "failed: https://mirror.example/file.gz: connection reset",
            "resuming https://mirror.example/file.gz",
            "verified file.gz");
  }

  @Test
  void refusesBadSettings(@TempDir Path directory) throws IOException {
    ClassifierRun.writeDigits(directory, "train", 10);
    ClassifierRun.writeDigits(directory, "t10k", 10);
    assertThat(classifier.run(ClassifierRun.training(directory, "--learning-rate", "-1")))
        .isNotZero();
    assertThat(classifier.err())
        .isEqualToIgnoringNewLines(
            "Sgd: expected a positive, finite learning rate, found -1.0; pass a number above 0");
    assertThat(classifier.run("evalute")).isNotZero();
    assertThat(classifier.err()).contains("Unmatched argument at index 1: 'evalute'");
  }

  @Test
  void helpListsTheCommandsAndTheirOptions() {
    assertThat(classifier.run("--help")).isZero();
    assertThat(classifier.out())
        .contains("train ", "evaluate ", "predict ", "The default command is train");
    assertThat(classifier.run("train", "--help")).isZero();
    assertThat(classifier.out())
        .contains(
            "--data",
            "--download",
            "--digits",
            "--test",
            "--epochs",
            "--batch-size",
            "--learning-rate",
            "--hidden",
            "--weights",
            "--seed",
            "--model",
            "--resume",
            "--help");
  }
}
