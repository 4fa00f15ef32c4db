package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class GeneratedDigitsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Example.commandLine(new GeneratedDigits());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void printsTheFigureOfEachSeedAndTheirMean(@TempDir Path directory) throws IOException {
    DigitFiles.write(directory, "train", 50, 101);
    DigitFiles.write(directory, "t10k", 50, 102);
    int exitCode =
        run("--data", directory.toString(), "--digits", "1000", "--epochs", "5", "--seeds", "2");
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .matches(
            "seed 2: \\d\\d\\.\\d\\d % of MNIST's training images, \\d\\d\\.\\d\\d % of its test images");
    assertThat(lines.get(2)).matches("test accuracy, mean of 2 seeds: [5-9]\\d\\.\\d\\d %");
  }

  @Test
  void refusesAMeanOfNoSeed(@TempDir Path directory) throws IOException {
    DigitFiles.write(directory, "train", 50, 101);
    DigitFiles.write(directory, "t10k", 50, 102);
    assertThat(run("--data", directory.toString(), "--seeds", "0")).isNotZero();
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "GeneratedDigits: expected a positive number of seeds, found 0; pass 1 or more");
  }

  @Test
  void saysInOneLineThatMnistIsNotThere(@TempDir Path directory) {
    assertThat(run("--data", directory.toString())).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("MNIST: expected the files ")
        .contains(directory.toString())
        .endsWith(
            "; name their folder with --data DIR or the environment variable MNIST_DIR, or fetch them"
                + " with --download");
  }
}
