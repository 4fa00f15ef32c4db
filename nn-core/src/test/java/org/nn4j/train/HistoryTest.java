package org.nn4j.train;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.model.Evaluation;

class HistoryTest {
  private static final EpochResult FIRST =
      new EpochResult(1, 6000, 0.25, 3, 0.5, 120000, Evaluation.none(), validation(0.125, 0.9));
  private static final EpochResult SECOND =
      new EpochResult(
          2, 6000, 0.1, 0.0003, 0.5, 120000, Evaluation.none(), validation(Double.NaN, 0.95));
  private static final EpochResult CUT_SHORT =
      new EpochResult(3, 17, 0.09, 0.0003, 0.001, 90000, Evaluation.none(), Evaluation.none());
  private static final History HISTORY =
      new History(
          List.of(FIRST, SECOND, CUT_SHORT),
          new StopReason(StopReason.Kind.INTERRUPTED, "the thread was interrupted"));

  private static Evaluation validation(double loss, double accuracy) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", loss);
    figures.put("accuracy, \"top 1\"", accuracy);
    return new Evaluation(figures);
  }

  @Test
  void itsTextIsATable() {
    assertThat(HISTORY)
        .hasToString(
            """
            epoch  steps    loss  learning rate  seconds  samples per second  validation loss  validation accuracy, "top 1"
                1   6000  0.2500         3.0000   0.5000             120,000           0.1250                        0.9000
                2   6000  0.1000       3.00e-04   0.5000             120,000              NaN                        0.9500
                3     17  0.0900       3.00e-04   0.0010              90,000                                              \s
            interrupted: the thread was interrupted\
            """);
  }

  @Test
  void theCsvHoldsEveryDigit(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("history.csv");
    Files.writeString(file, "what was there before");
    HISTORY.writeCsv(file);
    assertThat(file)
        .content()
        .isEqualTo(
            """
            epoch,steps,loss,learning_rate,seconds,samples_per_second,validation_loss,"validation_accuracy, ""top 1\"""
            1,6000,0.25,3.0,0.5,120000.0,0.125,0.9
            2,6000,0.1,3.0E-4,0.5,120000.0,NaN,0.95
            3,17,0.09,3.0E-4,0.001,90000.0,,
            """);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void theJsonIsOneObjectWithNullForWhatIsNoNumber(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("history.json");
    HISTORY.writeJson(file);
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertThat(json.get("ending").getAsString()).isEqualTo("INTERRUPTED");
    assertThat(json.get("reason").getAsString()).isEqualTo("the thread was interrupted");
    assertThat(json.getAsJsonArray("epochs")).hasSize(3);
    JsonObject second = json.getAsJsonArray("epochs").get(1).getAsJsonObject();
    assertThat(second.get("epoch").getAsString()).isEqualTo("2");
    assertThat(second.get("learning_rate").getAsDouble()).isEqualTo(0.0003);
    assertThat(second.get("validation_loss").isJsonNull()).isTrue();
    assertThat(second.get("validation_accuracy, \"top 1\"").getAsDouble()).isEqualTo(0.95);
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBehind(@TempDir Path folder) throws IOException {
    Path occupied = Files.createDirectory(folder.resolve("history.csv"));
    Files.createFile(occupied.resolve("something"));
    assertThatThrownBy(() -> HISTORY.writeCsv(occupied)).isInstanceOf(IOException.class);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(occupied));
  }

  @Test
  void theBestEpochIsByWhatIsMonitored() {
    History two = new History(List.of(FIRST, SECOND), HISTORY.stopReason());
    assertThat(two.best(Monitor.trainingLoss())).isEqualTo(SECOND);
    assertThat(two.best(Monitor.validationLoss())).as("NaN is never better").isEqualTo(FIRST);
    assertThat(two.best(new Monitor("validation_accuracy, \"top 1\"", true))).isEqualTo(SECOND);
    assertThat(two.best(new Monitor("validation_accuracy, \"top 1\"", false))).isEqualTo(FIRST);
    assertThatThrownBy(() -> HISTORY.best(Monitor.validationLoss()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "epoch 3: expected the figure 'validation_loss', found only [epoch,");
  }

  @Test
  void figuresAreImmutableAndInOrder() {
    assertThat(FIRST.figures())
        .containsExactly(
            entry("epoch", 1),
            entry("steps", 6000),
            entry("loss", 0.25),
            entry("learning_rate", 3.0),
            entry("seconds", 0.5),
            entry("samples_per_second", 120000.0),
            entry("validation_loss", 0.125),
            entry("validation_accuracy, \"top 1\"", 0.9));
    assertThatThrownBy(() -> FIRST.validation().figures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> HISTORY.epochs().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
