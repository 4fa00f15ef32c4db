package org.nn4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MnistClassifierTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = MnistClassifier.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  /** Pictures of 4 x 4 pixels; the class is the pixel that is lit. */
  private static void writeDigits(Path directory, String name, int n) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 16 * n);
    images.putInt(0x0803).putInt(n).putInt(4).putInt(4);
    ByteBuffer labels = ByteBuffer.allocate(8 + n);
    labels.putInt(0x0801).putInt(n);
    for (int i = 0; i < n; i++) {
      int label = 7 * i % 10;
      labels.put((byte) label);
      images.put(16 + 16 * i + label, (byte) 255);
    }
    Files.write(directory.resolve(name + "-images-idx3-ubyte"), images.array());
    Files.write(directory.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  @Test
  void trainsAndPrintsItsAccuracyLastAndAlone(@TempDir Path directory) throws IOException {
    writeDigits(directory, "train", 200);
    writeDigits(directory, "t10k", 50);
    int exitCode =
        run(
            "--data",
            directory.toString(),
            "--epochs",
            "30",
            "--hidden",
            "12",
            "--weights",
            "glorot");
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).anyMatch(line -> line.startsWith("Dense(16 -> 12, sigmoid)"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("epoch"))
        .hasSize(30)
        .allMatch(
            line ->
                line.matches(
                    "epoch +\\d+/30  loss \\d\\.\\d{4}  validation loss \\d\\.\\d{4}  accuracy"
                        + " \\d\\.\\d{4}  [\\d,]+ samples/s"));
    assertThat(lines.get(lines.size() - 1)).isEqualTo("test accuracy: 100.00 %");
  }

  private static String[] options(Path directory, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("--data", directory.toString(), "--epochs", "300", "--hidden", "8", "--save"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aRunThatIsStoppedByASignalIsSavedAndGoesOnToTheSameBits(@TempDir Path directory)
      throws Exception {
    writeDigits(directory, "train", 200);
    writeDigits(directory, "t10k", 10);
    Path whole = directory.resolve("whole.safetensors");
    Path resumed = directory.resolve("resumed.safetensors");
    Path checkpoint = directory.resolve("run.safetensors");
    assertThat(run(options(directory, whole.toString()))).isZero();

    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                MnistClassifier.class.getName()));
    String[] going = options(directory, resumed.toString(), "--checkpoint", checkpoint.toString());
    command.addAll(List.of(going));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
    assertThat(resumed).doesNotExist();

    assertThat(run(concat(going, "--resume", "--batch-size", "20"))).isNotZero();
    assertThat(err.toString())
        .startsWith(
            "Trainer, going on with a checkpoint: expected batch_size 10, found batch_size 20; ");
    assertThat(run(concat(going, "--resume"))).isZero();
    assertThat(out.toString()).containsPattern("going on after step \\d+");
    assertThat(resumed).hasSameBinaryContentAs(whole);
  }

  private static String[] concat(String[] first, String... second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void saysInOneLineWhatIsWrong(@TempDir Path directory) {
    assertThat(run("--data", directory.toString())).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("MNIST: expected the files train-images-idx3-ubyte[.gz], ")
        .contains("none of them in " + directory)
        .endsWith(": --data DIR, or --download");
  }

  @Test
  void filesThatAreThereAreNotDownloaded(@TempDir Path directory) throws IOException {
    writeDigits(directory, "train", 10);
    writeDigits(directory, "t10k", 10);
    assertThat(run("--data", directory.toString(), "--download", "--epochs", "1")).isZero();
    assertThat(out.toString()).doesNotContain("fetching");
  }

  /** The switch keeps this test off the network. */
  @Test
  void downloadGoesIntoTheFolderOfTheData(@TempDir Path directory) {
    System.setProperty("nn4j.offline", "true");
    try {
      assertThat(run("--data", directory.toString(), "--download")).isNotZero();
    } finally {
      System.clearProperty("nn4j.offline");
    }
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("Download: expected train-images-idx3-ubyte.gz in " + directory)
        .contains("the network switched off");
  }

  @Test
  void downloadIsToldLineByLine() {
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
    writeDigits(directory, "train", 10);
    writeDigits(directory, "t10k", 10);
    assertThat(run("--data", directory.toString(), "--learning-rate", "-1")).isNotZero();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "Sgd: expected learning rate above 0 and finite, found -1.0; correct this argument");
  }

  @Test
  void helpListsTheOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--data",
            "--download",
            "--epochs",
            "--batch-size",
            "--learning-rate",
            "--hidden",
            "--seed",
            "--checkpoint",
            "--resume",
            "--save",
            "--help");
  }
}
