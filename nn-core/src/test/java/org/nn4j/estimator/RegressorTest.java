package org.nn4j.estimator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.metric.Metrics.mae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.data.csv.CsvFormat;
import org.nn4j.data.feature.Scaling;

class RegressorTest {
  private final Path folder;

  RegressorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static Path numbers(Path folder) throws IOException {
    return Files.writeString(folder.resolve("numbers.csv"), "a,b\n1,2\n2,4\n3,6\n4,8\n");
  }

  @Test
  void aRegressionAnswersInTheUnitsOfTheData() throws IOException {
    StringBuilder text = new StringBuilder("rooms,city,price,rent\n");
    for (int i = 0; i < 60; i++) {
      int rooms = 1 + i % 6;
      boolean rome = i % 2 == 0;
      int price = 100_000 * rooms + (rome ? 50_000 : 0);
      text.append(rooms + (rome ? ",Rome," : ",Pisa,") + price + "," + price / 200 + "\n");
    }
    Path file = Files.writeString(folder.resolve("flats.csv"), text.toString());
    CsvFormat flats = CsvFormat.infer(file).target("price", "rent");
    Regressor prices =
        Regressor.builder(flats, file)
            .layers(layers -> layers.dense(16, tanh()))
            .trainer(trainer -> trainer.batchSize(10))
            .epochs(200)
            .seed(3)
            .fit();
    Path saved = folder.resolve("flats.safetensors");
    prices.save(saved);
    Regressor loaded = Regressor.load(saved);
    Estimate estimate = loaded.predict(Map.of("rooms", 3, "city", "Rome"));
    assertThat(estimate.value("price")).isCloseTo(350_000, within(10_000.0));
    assertThat(estimate.value("rent")).isCloseTo(1_750, within(50.0));
    assertThat(estimate.values()).containsOnlyKeys("price", "rent");
    double mae = loaded.evaluate(flats, file, mae()).value(mae());
    assertThat(mae).isBetween(10.0, 10_000.0);
    Path copy = folder.resolve("flats-copy.csv");
    loaded.predict(flats, file, copy);
    assertThat(Files.readAllLines(copy).get(0))
        .isEqualTo("rooms,city,price,rent,predicted price,predicted rent");
    assertThatThrownBy(estimate::value).hasMessageContaining("call value(name)");
    assertThatThrownBy(() -> estimate.value("area"))
        .hasMessageContaining("one of the targets price, rent, found 'area'");
    CsvFormat labels = CsvFormat.infer(file).label("city");
    assertThatThrownBy(() -> Regressor.builder(labels, file).fit())
        .hasMessageContaining("expected a format with targets");
  }

  @Test
  void aScalingThatWasChosenStays() throws IOException {
    Path file = numbers(folder);
    Regressor regressor =
        Regressor.builder(
                CsvFormat.withHeader()
                    .target("b")
                    .scale(Scaling.MIN_MAX)
                    .scaleTargets(Scaling.NONE),
                file)
            .epochs(1)
            .fit();
    assertThat(regressor.features().orElseThrow().encode(4.0)).containsExactly(1);
    assertThat(regressor.targets().get(0).scale(7)).isEqualTo(7);
    Regressor standard =
        Regressor.builder(CsvFormat.withHeader().target("b"), file).epochs(1).fit();
    assertThat(standard.targets().get(0).scale(5)).isEqualTo(0);
    assertThat(standard.features().orElseThrow().encode(2.5)).containsExactly(0);
    assertThat(Map.ofEntries(entry("value", standard.predict(Map.of("a", 2)).value()))).hasSize(1);
  }

  /** Seconds since 1970, which floats round, and numbers beyond the range of floats. */
  @ParameterizedTest
  @ValueSource(doubles = {1.7e9, 1e39})
  void targetsOfAnySizeAreEvaluatedAsPredicted(double mean) throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    double[] y = new double[60];
    for (int i = 0; i < y.length; i++) {
      y[i] = mean + mean / 1e8 * (i * 37 % 60);
      text.append(i / 10.0).append(',').append(y[i]).append('\n');
    }
    Path file = Files.writeString(folder.resolve("large.csv"), text.toString());
    CsvFormat format = CsvFormat.infer(file).target("y");
    try (Regressor regressor = Regressor.builder(format, file).epochs(2).seed(1).fit()) {
      double error = 0;
      for (int i = 0; i < y.length; i++) {
        error += Math.abs(regressor.predict(Map.of("x", i / 10.0)).value() - y[i]) / y.length;
      }
      assertThat(regressor.evaluate(format, file, mae()).value(mae()))
          .isCloseTo(error, withinPercentage(1e-6));
    }
  }
}
