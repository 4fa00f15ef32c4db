package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.mnist.digits.SyntheticDigits;
import picocli.CommandLine;

class GeneratedDigitsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = GeneratedDigits.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  /** Generated digits in MNIST's files. */
  private static void writeDigits(Path directory, String name, long seed) throws IOException {
    SyntheticDigits digits = SyntheticDigits.generate(50, seed);
    ByteBuffer images = ByteBuffer.allocate(16 + digits.pixels().length);
    images.putInt(0x0803).putInt(50).putInt(28).putInt(28).put(digits.pixels());
    Files.write(directory.resolve(name + "-images-idx3-ubyte"), images.array());
    ByteBuffer labels = ByteBuffer.allocate(8 + 50);
    labels.putInt(0x0801).putInt(50);
    for (int label : digits.labels()) {
      labels.put((byte) label);
    }
    Files.write(directory.resolve(name + "-labels-idx1-ubyte"), labels.array());
  }

  @Test
  void printsTheFigureOfEachSeedAndTheirMean(@TempDir Path directory) throws IOException {
    writeDigits(directory, "train", 101);
    writeDigits(directory, "t10k", 102);
    int exitCode =
        run("--data", directory.toString(), "--digits", "1000", "--epochs", "5", "--seeds", "2");
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .matches(
            "seed 2: reads \\d\\d\\.\\d\\d % of MNIST's training images, \\d\\d\\.\\d\\d % of its test images");
    assertThat(lines.get(2)).matches("test accuracy, mean of 2 seeds: [5-9]\\d\\.\\d\\d %");
  }

  @Test
  void saysInOneLineThatMnistIsNotThere(@TempDir Path directory) {
    assertThat(run("--data", directory.toString())).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("MNIST: expected the files ")
        .contains(directory.toString());
  }
}
