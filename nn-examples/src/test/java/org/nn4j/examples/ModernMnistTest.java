package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModernMnistTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine command = Commands.of(new ModernMnist());
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }

  @Test
  void readsDigitsItHasNotSeen(@TempDir Path folder) throws IOException {
    DigitFiles.write(folder, "train", 2400, 1);
    DigitFiles.write(folder, "t10k", 200, 2);
    int exitCode = run("--data", folder.toString(), "--epochs", "6", "--seeds", "1,2");
    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    List<String> results = out.toString().lines().filter(line -> line.startsWith("seed")).toList();
    assertThat(results).hasSize(2);
    assertThat(results.get(0))
        .matches("seed 1: test accuracy: [89]\\d\\.\\d\\d % after \\d\\.\\d minutes");
    assertThat(results.get(1)).startsWith("seed 2: test accuracy: ");
  }

  @Test
  void saysInOneLineThatMnistIsNotThere(@TempDir Path folder) {
    assertThat(run("--data", folder.toString())).isNotZero();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("MNIST: expected the files ");
  }
}
