package org.nn4j.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.metric.Metrics.accuracy;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.atStep;
import static org.nn4j.train.Callbacks.onEpochEnd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.Progress;
import org.nn4j.train.listener.LossLimit;

class CheckpointListenerTest {
  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  /** Five epochs of four steps. */
  private static void train(CheckpointListener listener) {
    trainer(network()).epochs(5).listener(listener).build().fit(quadrants(1, 64));
  }

  @Test
  void keepsTheLastThreeEpochs(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("new").resolve("folder");
    train(CheckpointListener.into(made));
    assertThat(names(made))
        .containsExactly(
            "checkpoint-000000012.safetensors",
            "checkpoint-000000016.safetensors",
            "checkpoint-000000020.safetensors");
    assertThat(Checkpoint.load(made.resolve("checkpoint-000000016.safetensors")).progress())
        .isEqualTo(new Progress(5, 0, 16, 0, 0));
  }

  @Test
  void writesEverySoManyStepsAndAtTheEnd(@TempDir Path folder) throws IOException {
    train(
        CheckpointListener.into(folder).everySteps(3).keepLast(4).named("run-{step}.safetensors"));
    assertThat(names(folder))
        .containsExactly(
            "run-000000012.safetensors",
            "run-000000015.safetensors",
            "run-000000018.safetensors",
            "run-000000020.safetensors");
    assertThat(Checkpoint.load(folder.resolve("run-000000012.safetensors")).progress())
        .as("after the last step of an epoch its end is waited for")
        .isEqualTo(new Progress(4, 0, 12, 0, 0));
    assertThat(Checkpoint.load(folder.resolve("run-000000018.safetensors")).progress())
        .matches(progress -> progress.epoch() == 5 && progress.stepsInEpoch() == 2)
        .matches(progress -> progress.samples() == 32 && progress.lossSum() > 0);
  }

  @Test
  void writesEverySoManyEpochs(@TempDir Path folder) throws IOException {
    train(CheckpointListener.into(folder).everySteps(1).everyEpochs(2).keepLast(9));
    assertThat(names(folder))
        .containsExactly(
            "checkpoint-000000008.safetensors",
            "checkpoint-000000016.safetensors",
            "checkpoint-000000020.safetensors");
  }

  @Test
  void keepsTheBestEpochAlsoOfARunThatIsResumed(@TempDir Path folder) throws IOException {
    // A rate that grows without end: the validation loss first falls, then rises.
    List<double[]> values = new ArrayList<>();
    TrainingListener keeper =
        onEpochEnd(
            (event, training) -> values.add(doubles(training.network().parameters().values())));
    CheckpointListener listener =
        CheckpointListener.into(folder).keepLast(1).keepBest(Monitor.validationLoss());
    History history =
        trainer(network())
            .optimizer(sgd(step -> 0.02 * Math.pow(2.5, (double) step)))
            .batchSize(64)
            .epochs(14)
            .validation(quadrants(2, 100))
            .listener(listener)
            .listener(keeper)
            .build()
            .fit(quadrants(1, 64));
    int best = history.best(Monitor.validationLoss()).epoch();
    assertThat(best).isBetween(2, 12);
    Path file = folder.resolve("checkpoint-best.safetensors");
    assertThat(names(folder))
        .containsExactly("checkpoint-000000014.safetensors", "checkpoint-best.safetensors");
    assertThat(doubles(ModelFiles.load(file).parameters().values()))
        .containsExactly(values.get(best - 1));

    trainer(network())
        .optimizer(sgd(step -> 0.02 * Math.pow(2.5, (double) step)))
        .batchSize(64)
        .epochs(15)
        .validation(quadrants(2, 100))
        .listener(CheckpointListener.into(folder).keepBest(Monitor.validationLoss()))
        .build()
        .resume(folder)
        .fit(quadrants(1, 64));
    assertThat(Checkpoint.load(file).progress().epoch())
        .as("a 15th epoch that is worse does not replace it")
        .isEqualTo(best + 1);
  }

  @Test
  void aRunThatDoesNotGoOnWithTheNewestIsRefused(@TempDir Path folder) throws IOException {
    train(CheckpointListener.into(folder).keepLast(2));
    List<String> before = names(folder);
    Network network = network();
    double[] values = doubles(network.parameters().values());
    Trainer anew = trainer(network).listener(CheckpointListener.into(folder)).build();
    assertThatThrownBy(() -> anew.fit(quadrants(1, 64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "CheckpointListener, "
                + folder
                + ": expected no checkpoint of more steps than the 0 of this run, found"
                + " checkpoint-000000016.safetensors, checkpoint-000000020.safetensors; resume from the"
                + " newest, trainer.resume(folder), use another folder for each run, or delete them");
    assertThat(names(folder)).isEqualTo(before);
    assertThat(doubles(network.parameters().values())).containsExactly(values);
  }

  @Test
  void clearsAwayWhatKilledWritersLeftAndNothingElse(@TempDir Path folder) throws IOException {
    String unique = ".0123456789abcdef.tmp";
    List<String> others = new ArrayList<>();
    others.add(".other.safetensors" + unique);
    others.add(".checkpoint-000000004.safetensors.mine.tmp");
    others.add("x.tmp");
    for (String name : others) {
      Files.createFile(folder.resolve(name));
    }
    Files.createFile(folder.resolve(".checkpoint-000000004.safetensors" + unique));
    Files.createFile(folder.resolve(".checkpoint-best.safetensors" + unique));
    for (String name :
        List.of(".checkpoint-000000005.safetensors" + unique, "checkpoint-000000001.safetensors")) {
      Files.createDirectory(folder.resolve(name));
      others.add(name);
    }
    train(CheckpointListener.into(folder).keepLast(1));
    assertThat(names(folder))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(others.stream(), Stream.of("checkpoint-000000020.safetensors")).toList());
  }

  @Test
  void aFitThatFailsLeavesTheLastGoodCheckpoint(@TempDir Path folder) throws IOException {
    TrainingListener fails =
        atStep(
            6,
            training -> {
              throw new IllegalStateException("test");
            });
    Trainer trainer =
        trainer(network())
            .epochs(5)
            .listener(CheckpointListener.into(folder).everySteps(3))
            .listener(fails)
            .build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 64))).hasMessage("test");
    assertThat(names(folder)).containsExactly("checkpoint-000000003.safetensors");
  }

  @Test
  void aFolderThatCannotBeMadeEndsTrainingBeforeItBegins(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Trainer trainer = trainer(network()).listener(CheckpointListener.into(file)).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 64)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "CheckpointListener, "
                + file
                + ": expected a folder, found a file; name another folder");
    assertThat(trainer.progress()).isEqualTo(Progress.START);
  }

  @Test
  void aLockFileOfAnotherProgramEndsTrainingBeforeItBegins(@TempDir Path home) throws IOException {
    Path notes = Files.writeString(home.resolve("notes"), "precious");
    Path written = Files.createDirectory(home.resolve("written"));
    Path linked = Files.createDirectory(home.resolve("linked"));
    Files.writeString(written.resolve(".lock"), "precious");
    Files.createSymbolicLink(linked.resolve(".lock"), notes);
    for (Path folder : List.of(written, linked)) {
      Trainer trainer = trainer(network()).listener(CheckpointListener.into(folder)).build();
      assertThatThrownBy(() -> trainer.fit(quadrants(1, 64)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "CheckpointListener, "
                  + folder.resolve(".lock")
                  + ": expected the number of a process that locks the folder, found "
                  + (folder.equals(linked) ? "a symbolic link" : "other content")
                  + "; use another folder, or move this file away");
      assertThat(trainer.progress()).isEqualTo(Progress.START);
      assertThat(folder.resolve(".lock")).hasContent("precious");
      assertThat(names(folder)).isEmpty();
    }
  }

  @Test
  void refusesBadSettings(@TempDir Path folder) {
    CheckpointListener listener = CheckpointListener.into(folder);
    for (String name :
        List.of(
            "run.safetensors",
            "{step}{step}.safetensors",
            "run-{step}.bin",
            "../run-{step}.safetensors",
            ".run-{step}.safetensors")) {
      assertThatThrownBy(() -> listener.named(name))
          .hasMessage(
              "CheckpointListener: expected a file name such as 'checkpoint-{step}.safetensors',"
                  + " found '"
                  + name
                  + "'; pass a name with {step} once that ends in .safetensors");
    }
    assertThatThrownBy(() -> listener.everySteps(0)).hasMessageContaining("number of steps");
    assertThatThrownBy(() -> listener.everyEpochs(0)).hasMessageContaining("number of epochs");
    assertThatThrownBy(() -> listener.keepLast(0)).hasMessageContaining("checkpoints to keep");
    Trainer trainer =
        trainer(network()).listener(listener.keepBest(Monitor.highest(accuracy()))).build();
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 20)))
        .hasMessageStartingWith("CheckpointListener: expected the figure 'validation_accuracy'");
  }

  /** Remembers a number and a row of it. */
  private static final class Own implements TrainingListener {
    final double number;
    ListenerState restored = ListenerState.NONE;

    Own(double number) {
      this.number = number;
    }

    @Override
    public ListenerState state() {
      return new ListenerState(
          Map.of("number", number), Map.of("row", Nd4j.createFromArray(number, number)));
    }

    @Override
    public void restore(ListenerState state) {
      restored = state;
    }
  }

  @Test
  void listenersOfOnesOwnKeepTheirStateInTheirOrder(@TempDir Path folder) throws IOException {
    double number = Math.nextUp(0.1);
    Path file = folder.resolve("run.safetensors");
    trainer(network())
        .listener(new Own(Double.NEGATIVE_INFINITY))
        .listener(new Own(number))
        .build()
        .checkpoint()
        .save(file);
    Own first = new Own(0);
    Own second = new Own(0);
    Own third = new Own(0);
    trainer(network())
        .listener(LossLimit.of(0.1))
        .listener(first)
        .listener(EarlyStopping.after(1))
        .listener(second)
        .listener(third)
        .build()
        .resume(file);
    assertThat(first.restored.number("number")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(second.restored.number("number")).isEqualTo(number);
    assertThat(doubles(requireNonNull(second.restored.tensors().get("row"))))
        .containsExactly(number, number);
    assertThat(third.restored).isEqualTo(ListenerState.NONE);
    assertThatThrownBy(() -> second.restored.number("best"))
        .hasMessage(
            "ListenerState: expected a number 'best', found only [number]; restore a listener from"
                + " the state of one of its kind");
    assertThatThrownBy(() -> new ListenerState(Map.of(), Map.of("scalar", Nd4j.scalar(1.0))))
        .hasMessageContaining("tensors of rank 1 or more");
  }
}
