package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class SpiralClassifierTest {
  private final StringWriter out = new StringWriter();

  private List<String> run(String... args) {
    CommandLine command = Example.commandLine(new SpiralClassifier());
    command.setOut(new PrintWriter(out, true));
    assertThat(command.execute(args)).isZero();
    return out.toString().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adagrad"})
  void tellsTheArmsApart(String optimizer) {
    List<String> lines = run("--points", "300", "--epochs", "100", "--optimizer", optimizer);
    assertThat(lines)
        .hasSize(5)
        .first()
        .asString()
        .matches("epoch  30/100  loss [0-9.]+  validation loss [0-9.]+  accuracy [0-9.]+ .*");
    String last = lines.get(lines.size() - 1);
    assertThat(last).matches("validation accuracy: \\d+\\.\\d\\d %");
    assertThat(Double.parseDouble(last.split(" ", -1)[2])).isGreaterThan(95);
  }

  @Test
  void penaltiesArePartOfTheLoss() {
    String few = run("--points", "50", "--epochs", "1", "--every", "1", "--l2", "0").get(0);
    String many = run("--points", "50", "--epochs", "1", "--every", "1", "--l2", "0.5").get(2);
    assertThat(loss(many)).isGreaterThan(loss(few) + 1);
  }

  private static double loss(String line) {
    return Double.parseDouble(line.replaceFirst(".*?  loss ([0-9.]+) .*", "$1"));
  }
}
