package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.examples.cli.Example;
import picocli.CommandLine;

class LinearRegressionTest {
  private final StringWriter out = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"mse", "mae"})
  void recoversTheKnownWeights(String loss) {
    CommandLine command = Example.commandLine(new LinearRegression());
    command.setOut(new PrintWriter(out, true));
    assertThat(command.execute("--loss", loss)).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0))
        .matches(
            "epoch  10/100  loss [0-9.]+  validation loss [0-9.]+  mean squared error [0-9.]+"
                + "  mean absolute error [0-9.]+  accuracy within 0.1 [0-9.]+ .*");
    assertThat(lines)
        .filteredOn(line -> line.contains(", known "))
        .hasSize(4)
        .allSatisfy(
            line -> {
              String[] numbers = line.replaceFirst(".*: +", "").split(", known ", -1);
              assertThat(Double.parseDouble(numbers[0]))
                  .isEqualTo(Double.parseDouble(numbers[1]), within(1e-2));
            });
    String last = lines.get(lines.size() - 1);
    assertThat(last).matches("validation accuracy: \\d+\\.\\d\\d %");
    assertThat(Double.parseDouble(last.split(" ", -1)[2])).isGreaterThan(92);
  }
}
