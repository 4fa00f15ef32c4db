package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class TuningExamplesTest {
  private static List<String> run(Example example, String... args) {
    StringWriter out = new StringWriter();
    CommandLine command = Example.commandLine(example);
    command.setOut(new PrintWriter(out, true));
    assertThat(command.execute(args)).isZero();
    return out.toString().lines().toList();
  }

  @Test
  void networksAreCompared() {
    List<String> lines = run(new CrossValidated(), "--points", "60", "--epochs", "40");
    assertThat(lines)
        .hasSize(6)
        .allMatch(
            line -> line.matches("(moons|circles) .* accuracy [01]\\.\\d{3} ± .* ROC AUC .* ± .*"));
    assertThat(accuracy(lines.get(4))).isGreaterThan(accuracy(lines.get(3)) + 0.1);
  }

  private static double accuracy(String line) {
    return Double.parseDouble(line.replaceFirst(".*accuracy ([0-9.]+) .*", "$1"));
  }

  @Test
  void theBestDigitClassifierIsFoundAndTheSearchContinues(@TempDir Path folder) {
    String[] args = {"--digits", "400", "--epochs", "3", "--folder", folder.toString()};
    List<String> lines = run(new DigitSearch(), args);
    assertThat(lines).hasSize(1 + 5 + 2);
    assertThat(lines.get(0)).contains("trial", "rate", "units", "friction", "epochs", "accuracy");
    assertThat(lines.get(6)).startsWith("best: trial ");
    assertThat(lines.get(7)).matches("accuracy on other digits: [0-9.]+ %");
    assertThat(run(new DigitSearch(), args)).isEqualTo(lines);
  }
}
