package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.train.Callbacks.atStep;
import static org.nn4j.train.Callbacks.onBatchEnd;
import static org.nn4j.train.Callbacks.onEpochEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.io.SpecialFiles;
import org.nn4j.metric.Metrics;
import org.nn4j.persistence.Progress;
import org.nn4j.train.listener.CsvListener;
import org.nn4j.train.listener.JsonLinesListener;

/** What the files of a run allow is known before its first step; two runs do not share a folder. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
class FilesOfARunTest {
  private static final Map<String, Function<Path, TrainingListener>> LISTENERS =
      Map.of("CsvListener", CsvListener::to, "JsonLinesListener", JsonLinesListener::to);

  /** A fit fails with a message before anything is trained. */
  private static void assertRefused(TrainingListener listener, String message) {
    Trainer trainer = trainer(network()).listener(listener).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20))).hasMessage(message);
    assertThat(trainer.progress()).isEqualTo(Progress.START);
  }

  @Test
  void aFileThatCannotBeWrittenIsKnownBeforeTheFirstStep(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path pipe = SpecialFiles.pipe(folder);
    Path none = folder.resolve("none");
    LISTENERS.forEach(
        (name, listener) -> {
          assertRefused(
              listener.apply(none.resolve("x")),
              "%s, %s: expected an existing folder, found no folder %s; create the folder"
                  .formatted(name, none.resolve("x"), none));
          assertRefused(
              listener.apply(file.resolve("x")),
              "%s, %s: expected a folder at %s, found something else; correct the path"
                  .formatted(name, file.resolve("x"), file));
          assertRefused(
              listener.apply(folder),
              "%s, %s: expected a file that can be written, found a folder; name another file"
                  .formatted(name, folder));
          assertRefused(
              listener.apply(pipe),
              ("%s, %s: expected a file that can be written, found a named pipe, a socket or a"
                      + " device; name another file")
                  .formatted(name, pipe));
        });
    Path checkpoint = folder.resolve("run").resolve("checkpoint-000000000.safetensors");
    Files.createDirectories(checkpoint);
    assertRefused(
        CheckpointListener.into(folder.resolve("run")),
        "CheckpointListener, "
            + checkpoint
            + ": expected a file that can be written, found a folder; name another file");
    String pattern = "x".repeat(250) + "{step}.safetensors";
    Trainer tooLong =
        trainer(network())
            .listener(CheckpointListener.into(folder.resolve("long")).named(pattern))
            .build();
    assertThatThrownBy(() -> tooLong.fit(quadrants(1, 20)))
        .hasMessageContaining("expected a name that the file system takes")
        .hasMessageEndingWith("; shorten the name");
    assertThat(tooLong.progress()).isEqualTo(Progress.START);
  }

  @Test
  void otherColumnsAreKnownBeforeTheFirstStep(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.csv");
    trainer(network()).epochs(1).listener(CsvListener.to(file)).build().fit(quadrants(1, 20));
    String written = Files.readString(file);
    String names = "epoch,steps,loss,learning_rate,seconds,samples_per_second";
    Trainer other =
        trainer(network())
            .trainingMetric(Metrics.accuracy())
            .validation(quadrants(2, 20))
            .metric(Metrics.accuracy())
            .listener(CsvListener.to(file))
            .build();
    assertThatThrownBy(() -> other.fit(quadrants(1, 20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "CsvListener, %s: expected the names %s,training_accuracy,validation_loss,"
                    .formatted(file, names)
                + "validation_accuracy, found "
                + names
                + "; write each kind of run to its own file");
    assertThat(other.progress()).isEqualTo(Progress.START);
    assertThat(Files.readString(file)).isEqualTo(written);

    Path fresh = folder.resolve("fresh.csv");
    trainer(network())
        .epochs(2)
        .trainingMetric(Metrics.accuracy())
        .validation(quadrants(2, 20))
        .metric(Metrics.accuracy())
        .listener(CsvListener.to(fresh))
        .build()
        .fit(quadrants(1, 20));
    assertThat(Files.readAllLines(fresh)).hasSize(3);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, fresh);
    }
  }

  /** A run that signals the start of its checkpoints, and then waits. */
  static final class Run {
    private Run() {}

    public static void main(String[] args) {
      TrainingListener waits =
          atStep(
              3,
              training -> {
                System.out.println("trains");
                try {
                  System.in.read();
                } catch (IOException e) {
                  training.stop("test");
                }
              });
      trainer(network())
          .epochs(2)
          .listener(CheckpointListener.into(Path.of(args[0])).everySteps(1))
          .listener(waits)
          .build()
          .fit(quadrants(1, 64));
    }
  }

  @Test
  void aSecondRunInTheFolderIsRefusedUntilTheFirstIsGone(@TempDir Path folder) throws Exception {
    Process first =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Run.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = first.inputReader(UTF_8)) {
      assertThat(said.readLine()).isEqualTo("trains");
      assertRefused(CheckpointListener.into(folder), locked(folder, first.pid()));
    } finally {
      first.destroyForcibly().waitFor();
    }
    Trainer resumed =
        trainer(network()).epochs(2).listener(CheckpointListener.into(folder)).build();
    resumed.resume(folder);
    assertThat(resumed.progress().steps()).isEqualTo(2);
    resumed.fit(quadrants(1, 64));
    assertThat(resumed.progress().steps()).isEqualTo(8);
  }

  private static String locked(Path folder, long process) {
    return "CheckpointListener, %s: expected a folder that no other run writes to, found the run of"
            .formatted(folder)
        + " process "
        + process
        + "; wait until it ends, or use another folder for each run";
  }

  @Test
  void aSecondRunInTheSameProcessIsRefusedAndOneRunMayHaveTwoListeners(@TempDir Path folder) {
    TrainingListener second =
        onEpochEnd(
            (event, training) ->
                assertRefused(
                    CheckpointListener.into(folder),
                    locked(folder, ProcessHandle.current().pid())));
    trainer(network())
        .epochs(1)
        .listener(CheckpointListener.into(folder))
        .listener(CheckpointListener.into(folder).named("other-{step}.safetensors").everySteps(2))
        .listener(second)
        .build()
        .fit(quadrants(1, 64));
  }

  @Test
  void theFolderIsFreeAfterFitsThatFailInAnyWay(@TempDir Path folder) throws IOException {
    for (String when : List.of("batch", "end")) {
      TrainingListener fails =
          new TrainingListener() {
            @Override
            public void onBatchEnd(BatchEnd event, Training training) {
              if (when.equals("batch")) {
                throw new IllegalStateException("test");
              }
            }

            @Override
            public void onTrainEnd(TrainEnd event, Training training) {
              throw new IllegalStateException("test");
            }
          };
      Trainer failing =
          trainer(network())
              .epochs(1)
              .listener(fails)
              .listener(CheckpointListener.into(folder).everyEpochs(9))
              .build();
      assertThatThrownBy(() -> failing.fit(quadrants(1, 64))).hasMessage("test");
    }
    Trainer free = trainer(network()).epochs(2).listener(CheckpointListener.into(folder)).build();
    free.resume(folder).fit(quadrants(1, 64));
    assertThat(free.progress().steps()).isEqualTo(8);
  }

  @Test
  void aCheckpointThatCannotBeWrittenIsRescued(@TempDir Path folder) throws IOException {
    Path run = folder.resolve("run");
    TrainingListener disturbs =
        onBatchEnd(
            (event, training) -> {
              try {
                Files.createDirectories(run.resolve("checkpoint-000000002.safetensors"));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    Trainer trainer =
        trainer(network())
            .epochs(1)
            .listener(disturbs)
            .listener(CheckpointListener.into(run).everySteps(2))
            .build();
    String[] message = new String[1];
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 64)))
        .satisfies(e -> message[0] = String.valueOf(e.getMessage()));
    String told = "; the content was saved as ";
    assertThat(message[0])
        .startsWith(
            "CheckpointListener, "
                + run.resolve("checkpoint-000000002.safetensors")
                + ": expected a file that can be written, found a folder; name another file"
                + told);
    Path rescued = Path.of(message[0].substring(message[0].indexOf(told) + told.length()));
    Trainer resumed = trainer(network()).epochs(1).build().resume(rescued);
    assertThat(resumed.progress().steps()).isEqualTo(2);
    Files.delete(rescued);
    Files.delete(rescued.resolveSibling(""));
  }
}
