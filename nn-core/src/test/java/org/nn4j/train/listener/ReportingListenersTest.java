package org.nn4j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.train.Callbacks.onEpochEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.metric.Metrics;
import org.nn4j.train.History;
import org.nn4j.train.RecordingLogger;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerBuilder;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

class ReportingListenersTest {
  private static TrainerBuilder validated() {
    return trainer(network()).validation(quadrants(2, 10)).metric(Metrics.accuracy());
  }

  @Test
  void csvGrowsByALineAnEpochAlsoOverSeveralRuns(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.csv");
    List<Integer> lines = new ArrayList<>();
    TrainingListener counter =
        onEpochEnd(
            (event, training) -> {
              try {
                lines.add(Files.readAllLines(file).size());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Trainer trainer =
        validated().epochs(2).listener(CsvListener.to(file)).listener(counter).build();
    History first = trainer.fit(quadrants(1, 20));
    trainer.fit(quadrants(1, 20));
    assertThat(lines).as("each line is there before training goes on").containsExactly(2, 3, 4, 5);
    List<String> text = Files.readAllLines(file);
    assertThat(text.get(0))
        .isEqualTo(
            "epoch,steps,loss,learning_rate,seconds,samples_per_second,validation_loss,"
                + "validation_accuracy");
    assertThat(text)
        .extracting(line -> line.split(",", -1)[0])
        .containsExactly("epoch", "1", "2", "3", "4");
    assertThat(Double.parseDouble(text.get(2).split(",", -1)[2])).isEqualTo(first.last().loss());
  }

  @Test
  void csvOfAnotherKindIsNotMixedIn(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.csv");
    Files.writeString(file, "a,b\n1,2\n");
    Trainer trainer = trainer(network()).listener(CsvListener.to(file)).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "CsvListener, "
                + file
                + ": expected the names epoch,steps,loss,learning_rate,seconds,samples_per_second,"
                + " found a,b; write each kind of run to its own file");
    assertThat(file).hasContent("a,b\n1,2\n");
    Path nowhere = folder.resolve("missing/run.csv");
    Trainer lost = trainer(network()).listener(CsvListener.to(nowhere)).build();
    assertThatThrownBy(() -> lost.fit(quadrants(1, 20)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(nowhere.toString());
  }

  @Test
  void jsonLinesAreObjects(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.jsonl");
    History history =
        validated().epochs(3).listener(JsonLinesListener.to(file)).build().fit(quadrants(1, 20));
    List<JsonObject> lines =
        Files.readAllLines(file).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .toList();
    assertThat(lines).extracting(line -> line.get("epoch").getAsInt()).containsExactly(1, 2, 3);
    assertThat(lines.get(2).get("validation_accuracy").getAsDouble())
        .isEqualTo(history.last().validation().value(accuracy()));
    assertThat(lines.get(2).keySet()).containsExactlyElementsOf(history.last().figures().keySet());
    Trainer lost =
        trainer(network()).listener(JsonLinesListener.to(folder.resolve("no/run.jsonl"))).build();
    assertThatThrownBy(() -> lost.fit(quadrants(1, 20))).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void progressInLinesIsALineAnEpoch() {
    StringBuilder out = new StringBuilder();
    validated().epochs(10).listener(ProgressBar.lines(out)).build().fit(quadrants(1, 20));
    assertThat(out.toString().lines())
        .hasSize(10)
        .allMatch(
            line ->
                line.matches(
                    "epoch [ 1]\\d/10  loss [0-9.]+  validation loss [0-9.]+  accuracy [0-9.]+ "
                        + " [\\d,]+ samples/s"));
    assertThat(out).doesNotContain("\r");
  }

  @Test
  void progressCanBeALineForSomeEpochsAndTheLast() {
    StringBuilder out = new StringBuilder();
    ProgressBar progress = ProgressBar.lines(out).every(4);
    validated().epochs(10).listener(progress).build().fit(quadrants(1, 20));
    assertThat(out.toString().lines().map(line -> line.substring(0, 11)))
        .containsExactly("epoch  4/10", "epoch  8/10", "epoch 10/10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> progress.every(0))
        .withMessage(
            "ProgressBar: expected a positive number of epochs from line to line, found 0; pass 1 or more");
  }

  @Test
  void progressInATerminalIsABarThatIsWrittenOver() {
    StringBuilder out = new StringBuilder();
    AtomicLong nanos = new AtomicLong();
    ProgressBar bar = new ProgressBar(out, true, 1, nanos::get);
    TrainingListener sixtyMillisABatch =
        new TrainingListener() {
          @Override
          public void onBatchBegin(BatchBegin event, Training training) {
            nanos.addAndGet(60_000_000);
          }
        };
    trainer(network())
        .epochs(1)
        .batchSize(10)
        .validation(quadrants(2, 10))
        .listener(sixtyMillisABatch)
        .listener(bar)
        .build()
        .fit(quadrants(1, 40));
    // Redrawn when 100 ms have passed: after the second batch of four, and after the fourth.
    List<String> drawn = List.of(out.toString().split("\r", -1));
    assertThat(drawn.get(1))
        .matches("epoch 1/1 \\[={15}> {14}\\]  50 %  0:00 left  loss \\d\\.\\d{4} *");
    assertThat(drawn.get(2)).matches("epoch 1/1 \\[={30}\\] 100 %  0:00 left  loss \\d\\.\\d{4} *");
    assertThat(drawn.get(3)).matches("epoch 1/1  validating *");
    assertThat(drawn.get(drawn.size() - 2)).isBlank();
    assertThat(drawn.get(drawn.size() - 1))
        .startsWith("epoch 1/1  loss ")
        .endsWith(System.lineSeparator());
  }

  @Test
  void anOutputThatFailsEndsTraining() {
    Appendable broken =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("closed");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("closed");
          }

          @Override
          public Appendable append(char c) throws IOException {
            throw new IOException("closed");
          }
        };
    Trainer trainer = trainer(network()).listener(ProgressBar.lines(broken)).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theLogHasALineAnEpochAndTheEnd() {
    RecordingLogger log = new RecordingLogger();
    trainer(network()).epochs(2).listener(LogListener.to(log)).build().fit(quadrants(1, 20));
    assertThat(log.lines).hasSize(3);
    assertThat(log.lines.get(1))
        .matches("INFO epoch 2  loss [0-9.]+  [\\d,]+ samples/s, \\d+\\.\\d s");
    assertThat(log.lines.get(2)).isEqualTo("INFO training completed: 2 epochs");
    trainer(network()).epochs(1).listener(LogListener.toDefault()).build().fit(quadrants(1, 20));
  }
}
