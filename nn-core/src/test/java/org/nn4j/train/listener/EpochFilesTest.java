package org.nn4j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.ListenerState;
import org.nn4j.train.Trainer;
import org.nn4j.train.TrainerTest;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/** The files that grow by a line an epoch, over runs that end and go on. */
class EpochFilesTest {
  private static final Pattern EPOCH = Pattern.compile("(?:\\{\"epoch\":)?(\\d+),");

  private static TrainingListener listener(String kind, Path file) {
    Function<Path, TrainingListener> make =
        kind.equals("csv") ? CsvListener::to : JsonLinesListener::to;
    return make.apply(file);
  }

  private static List<Integer> epochs(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(EPOCH::matcher)
        .filter(Matcher::lookingAt)
        .map(line -> Integer.valueOf(line.group(1)))
        .toList();
  }

  private static Trainer trainer(int epochs, TrainingListener listener) {
    return TrainerTest.trainer(network()).epochs(epochs).listener(listener).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void anEpochThatIsTrainedAgainStandsThereOnce(String kind, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve(kind);
    trainer(5, listener(kind, file)).fit(quadrants(1, 20));

    Trainer saved = trainer(2, listener(kind, file));
    saved.fit(quadrants(1, 20));
    Checkpoint checkpoint = saved.checkpoint();
    List<String> atCheckpoint = Files.readAllLines(file);
    saved.fit(quadrants(1, 20));
    assertThat(epochs(file)).containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4);
    for (String half : new String[] {"", kind.equals("csv") ? "7,10,0.1" : "{\"epo"}) {
      Files.writeString(file, half, StandardOpenOption.APPEND);
      trainer(6, listener(kind, file)).resume(checkpoint).fit(quadrants(1, 20));
      assertThat(epochs(file)).containsExactly(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6);
      assertThat(Files.readAllLines(file)).startsWith(atCheckpoint.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void aRunThatEndsInItsFirstEpochLeavesTheOnesBeforeItAlone(String kind, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve(kind);
    trainer(3, listener(kind, file)).fit(quadrants(1, 20));
    Trainer stopped = stopsInItsFirstEpoch(2, listener(kind, file));
    stopped.fit(quadrants(1, 20));
    Checkpoint checkpoint = stopped.checkpoint();
    stopped.fit(quadrants(1, 20));
    assertThat(epochs(file)).containsExactly(1, 2, 3, 1, 2);
    trainer(4, listener(kind, file)).resume(checkpoint).fit(quadrants(1, 20));
    assertThat(epochs(file)).containsExactly(1, 2, 3, 1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void aCheckpointWithoutAFileRemovesNothing(String kind, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(kind);
    trainer(3, listener(kind, file)).fit(quadrants(1, 20));
    Trainer stopped = stopsInItsFirstEpoch(2, new TrainingListener() {});
    stopped.fit(quadrants(1, 20));
    trainer(2, listener(kind, file)).resume(stopped.checkpoint()).fit(quadrants(1, 20));
    assertThat(epochs(file)).containsExactly(1, 2, 3, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -5, Double.NaN})
  void aDamagedStateIsRefused(double start) {
    for (String kind : List.of("csv", "jsonl")) {
      assertThatThrownBy(
              () ->
                  listener(kind, Path.of(kind)).restore(new ListenerState(Map.of("start", start))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              kind + ": expected a finite length before the run of 0 or more, found " + start);
    }
  }

  private static Trainer stopsInItsFirstEpoch(int epochs, TrainingListener listener) {
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event, Training training) {
            if (event.step() == 1) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void onTrainEnd(TrainEnd event, Training training) {
            Thread.interrupted();
          }
        };
    return TrainerTest.trainer(network()).epochs(epochs).listener(listener).listener(stop).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void aNewRunLeavesTheOnesBeforeItAlone(String kind, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(kind);
    trainer(3, listener(kind, file)).fit(quadrants(1, 20));
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 1));
    trainer(2, listener(kind, file)).fit(quadrants(1, 20));
    assertThat(Files.readString(file)).startsWith(text);
    assertThat(epochs(file)).containsExactly(1, 2, 3, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void aFileOfAnotherKindLosesNothing(String kind, @TempDir Path folder) throws IOException {
    Path file = folder.resolve(kind);
    Files.writeString(file, "a,b\n7,2\n8,half");
    Trainer first = TrainerTest.trainer(network()).epochs(1).build();
    first.fit(quadrants(1, 20));
    Trainer goesOn = trainer(2, listener(kind, file)).resume(first.checkpoint());
    if (kind.equals("csv")) {
      assertThatThrownBy(() -> goesOn.fit(quadrants(1, 20)))
          .isInstanceOf(IllegalStateException.class);
    } else {
      goesOn.fit(quadrants(1, 20));
    }
    assertThat(Files.readString(file)).startsWith("a,b\n7,2\n8,half");
  }
}
