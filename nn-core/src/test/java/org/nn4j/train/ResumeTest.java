package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.sgd;
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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Batches;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Checkpoint;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalties;

class ResumeTest {
  static Set<String> optimizers() {
    return ResumableRun.optimizers().keySet();
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static Path file(Path folder, long steps) {
    return folder.resolve("checkpoint-%09d.safetensors".formatted(steps));
  }

  /** What a run ends with, but for its times. */
  private static List<Object> end(ResumableRun run, History history) {
    return List.of(
        history.ending(),
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
    assertThat(none.ending()).isEqualTo(history.ending());
    assertThat(over.parameters()).containsExactly(undisturbed.parameters());
  }

  @Test
  void aCheckpointBeforeTheEndOfAnEpochIsFollowedByThatEnd() throws IOException {
    ResumableRun undisturbed = new ResumableRun("adam");
    History history = undisturbed.fit();
    List<Checkpoint> taken = new ArrayList<>();
    new ResumableRun(
            "adam",
            new TrainingListener() {
              @Override
              public void onBatchEnd(BatchEnd event, Training training) {
                if (event.stepInEpoch() == ResumableRun.STEPS_IN_EPOCH) {
                  taken.add(training.checkpoint());
                }
              }
            })
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
      TrainingListener interrupt =
          new TrainingListener() {
            @Override
            public void onBatchEnd(BatchEnd event, Training training) {
              if (event.step() == stop) {
                Thread.currentThread().interrupt();
              }
            }
          };
      Path its = folder.resolve("" + stop);
      ResumableRun run =
          new ResumableRun("nadam", CheckpointListener.into(its).everyEpochs(100), interrupt);
      assertThat(run.fit().ending().kind()).isEqualTo(Ending.Kind.INTERRUPTED);
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
    assertThat(rest.epochs()).extracting(EpochEnd::epoch).containsExactly(4, 5);
    assertThat(doubles(longer.parameters().values()))
        .containsExactly(doubles(whole.parameters().values()));
  }

  @Test
  void aLimitThatWasReachedStaysReached(@TempDir Path folder) throws IOException {
    Network network = network();
    History history =
        trainer(network)
            .epochs(500)
            .listener(new LossLimit(0.9))
            .listener(CheckpointListener.into(folder))
            .build()
            .fit(quadrants(1, 64));
    Network resumed = network();
    History rest =
        trainer(resumed)
            .epochs(500)
            .listener(new LossLimit(0.9))
            .build()
            .resume(folder)
            .fit(quadrants(1, 64));
    assertThat(rest.epochs()).isEmpty();
    assertThat(rest.ending()).isEqualTo(history.ending());
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
    network().save(folder.resolve("model.safetensors"));
    Files.writeString(folder.resolve("notes.txt"), "not a checkpoint");

    RecordingLogger log = new RecordingLogger();
    assertThat(Checkpoints.newest(folder, log).orElseThrow().progress().steps()).isEqualTo(8);
    assertThat(log.lines)
        .singleElement()
        .asString()
        .startsWith("WARN checkpoint passed over: ")
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
            "Checkpoints: expected a checkpoint, or a folder with some, found none at "
                + folder
                + "; begin the run anew, or name the place of its checkpoints");
  }

  @Test
  void otherSettingsAreRefusedAllAtOnceAndNothingChanges() {
    Trainer trainer = trainer(network()).epochs(1).build();
    trainer.fit(quadrants(1, 70));
    Checkpoint checkpoint = trainer.checkpoint();
    Network other = network();
    double[] before = doubles(other.parameters().values());
    Trainer differs =
        trainer(other)
            .loss(meanSquaredError())
            .penalty(Penalties.l2(0.5))
            .batchSize(32)
            .accumulate(2)
            .dropLast(true)
            .shuffle(false)
            .seed(3)
            .validationSplit(0.25)
            .classWeights(1, 2, 1, 1)
            .epochs(7)
            .build();
    assertThatThrownBy(() -> differs.resume(checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Trainer, going on with a checkpoint: expected loss cross-entropy, penalties [],"
                + " batch_size 16, accumulated_batches 1, drop_last false, shuffle true, seed 2,"
                + " validation_split none, class_weights none, found loss mean squared error (sum"
                + " over outputs), penalties [L2(0.5)], batch_size 32, accumulated_batches 2,"
                + " drop_last true, shuffle false, seed 3, validation_split"
                + " ValidationSplit[fraction=0.25, stratified=false], class_weights [1.0, 2.0, 1.0,"
                + " 1.0]; go on as the run began, or begin a new one with its network,"
                + " Network.load(file)");
    assertThat(differs.progress().steps()).isZero();
    assertThat(doubles(other.parameters().values())).containsExactly(before);
    assertThatThrownBy(() -> trainer(other).optimizer(adam()).build().resume(checkpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that of Sgd");
    assertThat(doubles(other.parameters().values())).containsExactly(before);
  }

  @Test
  void otherDataIsRefusedByTheFit() throws IOException {
    Trainer trainer = trainer(network()).epochs(1).build();
    trainer.fit(quadrants(1, 70));
    Trainer resumed = trainer(network()).epochs(2).build().resume(trainer.checkpoint());
    assertThat(resumed.checkpoint().notes()).isEqualTo(trainer.checkpoint().notes());
    assertThatThrownBy(() -> resumed.fit(quadrants(1, 71)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Trainer, going on with a checkpoint: expected training data of 70 samples, found 71"
                + " samples; ");
    assertThat(resumed.fit(quadrants(1, 70)).epochs()).hasSize(1);
  }

  /** Texts with the address of an object would differ in each process. */
  @Test
  void aUsersOwnPiecesAreComparedByTheirClass() throws IOException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Network network = network();
      Trainer trainer =
          Trainer.builder(network)
              .loss((p, y, each, dP) -> meanSquaredError().compute(p, y, each, dP))
              .optimizer(sgd(step -> 0.1))
              .clipping(GradientClipping.byNorm(1))
              .build();
      if (i == 1) {
        trainer.resume(checkpoints.get(0));
      }
      BatchSource source = Batches.inOrder(quadrants(1, 20), 10, network.dataType());
      trainer.fit(source);
      checkpoints.add(trainer.checkpoint());
    }
    assertThat(checkpoints.get(1).notes()).isEqualTo(checkpoints.get(0).notes());
    assertThat(checkpoints.get(0).notes())
        .containsEntry("trainer.loss", ResumeTest.class.getName() + "$$Lambda")
        .containsEntry("trainer.clipping", "ByNorm[maxNorm=1.0]")
        .containsEntry("trainer.data", "a source of 2 batches");
  }

  @Test
  void aRunIsNotResumedWhileItIsTrained() {
    TrainingListener resumes =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event, Training training) {
            try {
              trainer(training.network()).build().resume(training.checkpoint());
            } catch (ModelFormatException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    Trainer trainer = trainer(network()).listener(resumes).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("to be trained by one at a time");
  }
}
