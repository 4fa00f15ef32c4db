package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GradientVectorTest {
  /** The number of digits in the table. */
  private static final int DIGITS = 10;

  @Test
  void takesTheGradientApartAndStepsAgainstIt() {
    List<String> lines = Captured.output(() -> GradientVector.main(new String[0])).lines().toList();
    assertThat(lines.get(0)).contains("one vector of 13,002 elements");

    double[][] table =
        lines.stream()
            .filter(line -> line.matches("layer \\d weight \\d+ to \\d+ .*"))
            .map(line -> numbers(line.replaceFirst("layer \\d weight \\d+ to \\d+", "")))
            .toArray(double[][]::new);
    assertThat(table).hasDimensions(8, DIGITS + 1);
    for (double[] row : table) {
      double mean = Arrays.stream(row, 0, DIGITS).average().orElseThrow();
      assertThat(row[DIGITS]).isEqualTo(mean, within(0.001));
    }
    assertThat(Stream.of(table).map(row -> Math.abs(row[DIGITS])))
        .isSortedAccordingTo(Comparator.reverseOrder());

    List<Double> costs =
        lines.stream()
            .filter(line -> line.startsWith("step"))
            .map(line -> Double.valueOf(line.replaceFirst(".*cost ", "")))
            .toList();
    assertThat(costs).hasSizeGreaterThan(10).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(costs.get(0)).isBetween(2.5, 2.7);
    assertThat(costs.get(costs.size() - 1)).isLessThan(0.45);
  }

  private static double[] numbers(String line) {
    return Stream.of(line.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
  }
}
