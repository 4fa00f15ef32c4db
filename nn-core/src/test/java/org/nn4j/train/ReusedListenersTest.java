package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.activation.Activations;
import org.nn4j.data.Dataset;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.train.listener.PlateauListener;

/** A new run starts afresh with the listeners of a run that failed, was stopped or is complete. */
class ReusedListenersTest {
  private static final Dataset DATA = quadrants(1, 64);

  /** Listener that fails at the end of an epoch. */
  private record Failing(int epoch) implements TrainingListener {
    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      if (event.epoch() == epoch) {
        throw new IllegalStateException("failed");
      }
    }
  }

  /** Listener that interrupts at the end of an epoch. */
  private record Interrupting(int epoch) implements TrainingListener {
    @Override
    public void onEpochEnd(EpochResult event, Training training) {
      if (event.epoch() == epoch) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static TrainerBuilder validated(Network network) {
    return trainer(network).validation(DATA).epochs(20);
  }

  /** A network of another size that hardly improves, so that no epoch is as good as before. */
  private static Network other() {
    return Network.builder(2).dense(5).dense(4, Activations.softmax()).seed(3).build();
  }

  private static Trainer slow(Network network, TrainingListener listener) {
    return validated(network).optimizer(sgd(1e-3)).epochs(6).listener(listener).build();
  }

  @Test
  void earlyStoppingForgetsTheRunBefore() {
    Network expected = other();
    History history = slow(expected, EarlyStopping.after(2)).fit(DATA);
    for (TrainingListener ending : List.of(new Failing(9), new Interrupting(9))) {
      EarlyStopping used = EarlyStopping.after(2);
      Trainer before = validated(network()).listener(used).listener(ending).build();
      if (ending instanceof Failing) {
        assertThatThrownBy(() -> before.fit(DATA)).hasMessage("failed");
      } else {
        before.fit(DATA);
        assertThat(Thread.interrupted()).isTrue();
      }
      Network found = other();
      assertThat(slow(found, used).fit(DATA).epochs()).hasSameSizeAs(history.epochs());
      assertThat(doubles(found.parameters().values()))
          .containsExactly(doubles(expected.parameters().values()));
    }
  }

  @Test
  void theBestCheckpointIsThatOfTheRun(@TempDir Path folder) throws IOException {
    CheckpointListener used = CheckpointListener.into(folder).keepBest(Monitor.validationLoss());
    validated(network()).listener(used).build().fit(DATA);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    slow(other(), used).fit(DATA);
    assertThat(folder.resolve("checkpoint-best.safetensors")).exists();
  }

  @Test
  void aPlateauIsThatOfTheRun() {
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(1e-3);
    PlateauListener used = PlateauListener.of(schedule);
    validated(network()).listener(used).build().fit(DATA);
    History history = slow(other(), used).fit(DATA);
    assertThat(schedule.state().get("best"))
        .isEqualTo(Monitor.validationLoss().value(history.best(Monitor.validationLoss())));
  }
}
