package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.train.Callbacks.atStep;
import static org.nn4j.train.Callbacks.onBatchEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.train.listener.LossLimit;

class ResumeTest {
  static Set<String> optimizers() {
    return ResumableRun.optimizers().keySet();
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static Path file(Path folder, long steps) {
    return folder.resolve(String.format(Locale.ROOT, "checkpoint-%09d.safetensors", steps));
  }

  /** What a run ends with, but for its times. */
  private static List<Object> end(ResumableRun run, History history) {
    return List.of(
        history.stopReason(),
        history.last().epoch(),
        history.last().loss(),
        history.last().learningRate(),
        history.last().validation(),
        run.trainer.progress());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aRunEndsWithTheSameBitsFromWhereverItIsResumed(String optimizer, @TempDir Path folder)
      throws IOException {
    ResumableRun undisturbed = new ResumableRun(optimizer);
    History history = undisturbed.fit();
    ResumableRun saved =
        new ResumableRun(
            optimizer, CheckpointListener.into(folder).everySteps(4).keepLast(Integer.MAX_VALUE));
    assertThat(end(saved, saved.fit())).isEqualTo(end(undisturbed, history));
    assertThat(saved.parameters()).containsExactly(undisturbed.parameters());

    long steps = undisturbed.trainer.progress().steps();
    int epoch = ResumableRun.STEPS_IN_EPOCH;
    for (long stop : new long[] {4, epoch, epoch + 4, 2 * epoch + 8}) {
      ResumableRun resumed = new ResumableRun(optimizer);
      resumed.trainer.resume(file(folder, stop));
      assertThat(resumed.trainer.progress().steps()).isEqualTo(stop);
      History rest = resumed.fit();
      assertThat(resumed.parameters())
          .as("resumed after step %s of %s", stop, steps)
          .containsExactly(undisturbed.parameters());
      assertThat(end(resumed, rest)).isEqualTo(end(undisturbed, history));
    }
    ResumableRun over = new ResumableRun(optimizer);
    over.trainer.resume(folder);
    History none = over.fit();
    assertThat(none.epochs()).isEmpty();
    assertThat(none.stopReason()).isEqualTo(history.stopReason());
    assertThat(over.parameters()).containsExactly(undisturbed.parameters());
  }

  @Test
  void aCheckpointBeforeTheEndOfAnEpochIsFollowedByThatEnd() throws IOException {
    ResumableRun undisturbed = new ResumableRun("adam");
    History history = undisturbed.fit();
    List<Checkpoint> taken = new ArrayList<>();
    new ResumableRun(
            "adam",
            onBatchEnd(
                (event, training) -> {
                  if (event.stepInEpoch() == ResumableRun.STEPS_IN_EPOCH) {
                    taken.add(training.checkpoint());
                  }
                }))
        .fit();
    assertThat(taken).hasSameSizeAs(history.epochs());
    for (Checkpoint checkpoint : taken) {
      ResumableRun resumed = new ResumableRun("adam");
      resumed.trainer.resume(checkpoint);
      assertThat(end(resumed, resumed.fit())).isEqualTo(end(undisturbed, history));
      assertThat(resumed.parameters()).containsExactly(undisturbed.parameters());
    }
  }

  @Test
  void anInterruptedRunGoesOnInTheSameTrainerOrFromItsCheckpoint(@TempDir Path folder)
      throws IOException {
    ResumableRun undisturbed = new ResumableRun("nadam");
    History history = undisturbed.fit();
    for (int stop : new int[] {3, 2 * ResumableRun.STEPS_IN_EPOCH + 3}) {
      TrainingListener interrupt = atStep(stop, training -> Thread.currentThread().interrupt());
      Path its = folder.resolve("" + stop);
      ResumableRun run =
          new ResumableRun("nadam", CheckpointListener.into(its).everyEpochs(100), interrupt);
      assertThat(run.fit().stopReason().kind()).isEqualTo(StopReason.Kind.INTERRUPTED);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file(its, stop)).as("saved on an interrupted thread").isRegularFile();

      ResumableRun other = new ResumableRun("nadam");
      other.trainer.resume(run.trainer.checkpoint());
      ResumableRun another = new ResumableRun("nadam");
      another.trainer.resume(its);
      for (ResumableRun same : List.of(run, other, another)) {
        assertThat(end(same, same.fit())).isEqualTo(end(undisturbed, history));
        assertThat(same.parameters()).containsExactly(undisturbed.parameters());
      }
    }
  }

  @Test
  void aRunThatWasDoneCanBeMadeLonger() throws IOException {
    Network whole = network();
    trainer(whole).optimizer(adam(0.01)).epochs(5).build().fit(quadrants(1, 70));
    Trainer first = trainer(network()).optimizer(adam(0.01)).epochs(3).build();
    first.fit(quadrants(1, 70));
    Network longer = network();
    History rest =
        trainer(longer)
            .optimizer(adam(0.01))
            .epochs(5)
            .build()
            .resume(first.checkpoint())
            .fit(quadrants(1, 70));
    assertThat(rest.epochs()).extracting(EpochResult::epoch).containsExactly(4, 5);
    assertThat(doubles(longer.parameters().values()))
        .containsExactly(doubles(whole.parameters().values()));
  }

  @Test
  void aLimitThatWasReachedStaysReached(@TempDir Path folder) throws IOException {
    Network network = network();
    History history =
        trainer(network)
            .epochs(500)
            .listener(LossLimit.of(0.9))
            .listener(CheckpointListener.into(folder))
            .build()
            .fit(quadrants(1, 64));
    Network resumed = network();
    History rest =
        trainer(resumed)
            .epochs(500)
            .listener(LossLimit.of(0.9))
            .build()
            .resume(folder)
            .fit(quadrants(1, 64));
    assertThat(rest.epochs()).isEmpty();
    assertThat(rest.stopReason()).isEqualTo(history.stopReason());
    assertThat(doubles(resumed.parameters().values()))
        .containsExactly(doubles(network.parameters().values()));
  }

  @Test
  void aDamagedOrHalfWrittenFileIsPassedOverForTheOneBefore(@TempDir Path folder)
      throws IOException {
    trainer(network())
        .epochs(3)
        .listener(CheckpointListener.into(folder))
        .build()
        .fit(quadrants(1, 64));
    byte[] newest = Files.readAllBytes(file(folder, 12));
    Files.write(file(folder, 12), Arrays.copyOf(newest, newest.length - 1));
    byte[] before = Files.readAllBytes(file(folder, 8));
    ModelFiles.save(network(), folder.resolve("model.safetensors"));
    Files.writeString(folder.resolve("notes.txt"), "not a checkpoint");

    RecordingLogger log = new RecordingLogger();
    assertThat(Checkpoints.newest(folder, log).orElseThrow().progress().steps()).isEqualTo(8);
    assertThat(log.lines)
        .singleElement()
        .asString()
        .startsWith("WARN checkpoint skipped: ")
        .contains(file(folder, 12).toString());
    Trainer goesOn = trainer(network()).epochs(3).listener(CheckpointListener.into(folder)).build();
    goesOn.resume(folder).fit(quadrants(1, 64));
    assertThat(file(folder, 12)).as("replaced by the whole one").hasBinaryContent(newest);

    before[20] = 0;
    Files.write(file(folder, 8), before);
    for (long steps : new long[] {4, 12}) {
      Files.write(file(folder, steps), new byte[100]);
    }
    assertThatThrownBy(() -> Checkpoints.newest(folder, log))
        .isInstanceOf(ModelFormatException.class);
  }

  @Test
  void withoutACheckpointItSaysSo(@TempDir Path folder) throws IOException {
    Trainer trainer = trainer(network()).build();
    assertThat(Checkpoints.newest(folder)).isEqualTo(Optional.empty());
    assertThat(Checkpoints.newest(folder.resolve("none"))).isEmpty();
    assertThatThrownBy(() -> trainer.resume(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            "Checkpoints: expected a checkpoint or a folder of checkpoints, found none at "
                + folder
                + "; start the run again, or pass the folder of its checkpoints");
  }

  @Test
  void aRunIsNotResumedWhileItIsTrained() {
    TrainingListener resumes =
        onBatchEnd(
            (event, training) -> {
              try {
                trainer(training.network()).build().resume(training.checkpoint());
              } catch (ModelFormatException e) {
                throw new UncheckedIOException(e);
              }
            });
    Trainer trainer = trainer(network()).listener(resumes).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to be trained by one thread at a time");
  }
}
