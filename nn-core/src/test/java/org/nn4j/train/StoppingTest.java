package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.Near.doubles;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.atStep;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

class StoppingTest {
  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private static Network withDropout() {
    return Network.builder(2).dense(16, tanh()).dropout(0.3).dense(4, softmax()).seed(1).build();
  }

  @Test
  void anInterruptEndsTrainingAfterTheStepAndIsLeftForTheCaller() {
    Trainer trainer =
        trainer(network())
            .epochs(5)
            .validation(quadrants(3, 10))
            .listener(atStep(6, training -> Thread.currentThread().interrupt()))
            .build();
    History history = trainer.fit(quadrants(1, 64));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(history.stopReason().kind()).isEqualTo(StopReason.Kind.INTERRUPTED);
    assertThat(history.stopReason()).hasToString("interrupted: the thread was interrupted");
    assertThat(history.epochs()).extracting(EpochResult::steps).containsExactly(4, 2);
    assertThat(history.last().validation())
        .as("the epoch did not end")
        .isEqualTo(Evaluation.none());
    assertThat(trainer.progress().steps()).isEqualTo(6);
    assertThat(trainer.progress().epoch()).isEqualTo(2);
    assertThat(trainer.progress().stepsInEpoch()).isEqualTo(2);
  }

  @Test
  void aFitOnAnInterruptedThreadTakesNoStep() {
    Network network = network();
    double[] before = doubles(network.parameters().values());
    Trainer trainer = trainer(network).build();
    Thread.currentThread().interrupt();
    History history = trainer.fit(quadrants(1, 64));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.epochs()).isEmpty();
    assertThat(doubles(network.parameters().values())).containsExactly(before);
    assertThatThrownBy(history::last)
        .hasMessage(
            "History: expected at least one step, found none (interrupted: the thread was"
                + " interrupted); train further");
  }

  @Test
  void anotherThreadStopsTraining() throws Exception {
    Trainer[] trainer = new Trainer[1];
    TrainingListener stopper =
        atStep(
            3,
            training -> {
              Thread other = new Thread(() -> trainer[0].stop());
              other.start();
              try {
                other.join();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    trainer[0] = trainer(network()).epochs(5).listener(stopper).build();
    History history = trainer[0].fit(quadrants(1, 64));
    assertThat(history.stopReason()).hasToString("interrupted: stop() was called");
    assertThat(trainer[0].progress().steps()).isEqualTo(3);
  }

  @Test
  void aFitThatWasStoppedIsTakenUpWithTheBitsOfOneThatNeverWas() {
    Network never = withDropout();
    History whole = trainer(never).optimizer(adam(0.01)).epochs(3).build().fit(quadrants(1, 70));
    for (int step : new int[] {1, 4, 5, 7, 14}) {
      Network stopped = withDropout();
      Trainer trainer =
          trainer(stopped)
              .optimizer(adam(0.01))
              .epochs(3)
              .listener(atStep(step, training -> training.stop("test")))
              .build();
      trainer.fit(quadrants(1, 70));
      History rest = trainer.fit(quadrants(1, 70));
      assertThat(doubles(stopped.parameters().values()))
          .as("stopped after step %s", step)
          .containsExactly(doubles(never.parameters().values()));
      assertThat(rest.last().loss()).isEqualTo(whole.last().loss());
      assertThat(rest.last().epoch()).isEqualTo(3);
      assertThat(trainer.progress()).isEqualTo(new Progress(4, 0, 15, 0, 0));
    }
  }

  @Test
  void aNewTrainerTakesUpARunInTheMiddleOfAnEpoch() throws IOException {
    Network never = network();
    trainer(never).optimizer(adam(0.01)).accumulate(2).epochs(3).build().fit(quadrants(1, 70));
    // 70 samples in batches of 16 make 3 steps an epoch: of 32, 32 and 6 samples
    for (int step : new int[] {1, 3, 5, 9}) {
      Network resumed = network();
      Optimizer optimizer = adam(0.01);
      Checkpoint[] saved = new Checkpoint[1];
      trainer(resumed)
          .optimizer(optimizer)
          .accumulate(2)
          .epochs(3)
          .listener(
              atStep(
                  step,
                  training -> {
                    saved[0] = training.checkpoint();
                    training.stop("test");
                  }))
          .build()
          .fit(quadrants(1, 70));
      // What a checkpoint in that moment holds: at the last step of an epoch, its end is not
      // reached.
      Trainer next = trainer(resumed).optimizer(optimizer).accumulate(2).epochs(3).build();
      History rest = next.resume(saved[0]).fit(quadrants(1, 70));
      assertThat(doubles(resumed.parameters().values()))
          .as("taken up after step %s", step)
          .containsExactly(doubles(never.parameters().values()));
      assertThat(rest.last().epoch()).isEqualTo(3);
      assertThat(rest.last().steps()).isEqualTo(3);
    }
  }

  /** A trainer of two epochs that stands at a position. */
  private static Trainer at(Progress progress, Network network) throws IOException {
    Checkpoint checkpoint = Checkpoint.of(network, sgd(0.1), progress);
    return trainer(network).optimizer(sgd(0.1)).epochs(2).build().resume(checkpoint);
  }

  @Test
  void aRunThatWasDoneIsNotTrainedFurtherWhenTakenUp() throws IOException {
    Network network = network();
    Trainer trainer = at(new Progress(3, 0, 8, 0, 0), network);
    double[] before = doubles(network.parameters().values());
    assertThat(trainer.fit(quadrants(1, 64)).epochs()).isEmpty();
    assertThat(doubles(network.parameters().values())).containsExactly(before);
    assertThat(trainer.fit(quadrants(1, 64)).epochs())
        .extracting(EpochResult::epoch)
        .containsExactly(3, 4);
  }

  @Test
  void refusesToTakeUpARunWithLessData() throws IOException {
    Trainer trainer = at(new Progress(1, 5, 5, 1, 80), network());
    assertThatThrownBy(() -> trainer.fit(quadrants(1, 32)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Trainer: expected an epoch of at least the 5 steps that the run has taken in it, found"
                + " its end after 2 batches; resume with the data and the batch size of the"
                + " run");
    assertThatThrownBy(() -> new Progress(0, 0, 0, 0, 0)).hasMessageContaining("a positive epoch");
    assertThatThrownBy(() -> new Progress(1, 2, 1, 0, 5))
        .hasMessage(
            "Progress: expected steps of at least 2, those in the epoch, found 1; correct"
                + " the argument");
  }

  /** Fails once, at a batch of a training epoch. */
  private record Flaky(Dataset data, AtomicInteger left) implements Dataset {
    @Override
    public int size() {
      return data.size();
    }

    @Override
    public Shape inputShape() {
      return data.inputShape();
    }

    @Override
    public Shape targetShape() {
      return data.targetShape();
    }

    @Override
    public void gather(int[] rows, INDArray inputs, INDArray targets) {
      if (left.decrementAndGet() == 0) {
        throw new IllegalStateException("disk");
      }
      data.gather(rows, inputs, targets);
    }
  }

  @Test
  void aFitThatFailedIsTakenUpAtItsStepBesideEarlyStopping() {
    double[][] values = new double[2][];
    for (int i = 0; i < 2; i++) {
      Network network = network();
      Trainer trainer =
          trainer(network)
              .optimizer(adam(0.05))
              .epochs(6)
              .validation(quadrants(2, 10))
              .listener(EarlyStopping.after(50))
              .build();
      Dataset data = new Flaky(quadrants(1, 64), new AtomicInteger(i == 0 ? 1000 : 15));
      if (i == 1) {
        assertThatThrownBy(() -> trainer.fit(data)).hasMessage("disk");
        assertThat(trainer.progress().steps()).isEqualTo(14);
      }
      trainer.fit(data);
      values[i] = doubles(network.parameters().values());
    }
    assertThat(values[1]).containsExactly(values[0]);
  }

  @Test
  void aStopWhileDataIsPreparedStopsTheFit() {
    Trainer[] trainer = new Trainer[1];
    Dataset data =
        new Dataset() {
          private final Dataset all = quadrants(1, 64);

          @Override
          public int size() {
            return all.size();
          }

          @Override
          public Shape inputShape() {
            return all.inputShape();
          }

          @Override
          public Shape targetShape() {
            return all.targetShape();
          }

          @Override
          public void gather(int[] rows, INDArray inputs, INDArray targets) {
            all.gather(rows, inputs, targets);
          }

          @Override
          public int[] classes() {
            trainer[0].stop();
            return all.classes();
          }
        };
    trainer[0] = trainer(network()).epochs(5).stratifiedValidationSplit(0.2).build();
    assertThat(trainer[0].fit(data).stopReason().kind()).isEqualTo(StopReason.Kind.INTERRUPTED);
    assertThat(trainer[0].progress().steps()).isZero();
    Trainer between = trainer(network()).epochs(2).build();
    between.stop();
    assertThat(between.fit(data).stopReason().kind()).isEqualTo(StopReason.Kind.COMPLETED);
  }
}
