package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.Near.doubles;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.sgd;
import static org.nn4j.train.Callbacks.atStep;
import static org.nn4j.train.TrainerTest.network;
import static org.nn4j.train.TrainerTest.quadrants;
import static org.nn4j.train.TrainerTest.trainer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Optimizer;
import org.nn4j.Shape;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.listener.PlateauListener;

/** Schedules whose lengths are in epochs or shares of the run; an epoch has 4 steps. */
class ScheduledRunTest {
  private static final Schedule SHARES = Schedules.warmUp(Span.ofRun(0.25), Schedules.cosine(0.1));
  private static final Schedule STEPS =
      Schedules.warmUp(Span.steps(3), Schedules.cosine(0.1, 0, Span.steps(9)));

  private static Trainer trained(Network network, Schedule rate, int epochs) {
    return trainer(network).optimizer(adam(rate)).epochs(epochs).build();
  }

  @Test
  void aRunInSharesIsThatInSteps() {
    Network shares = network();
    History history = trained(shares, SHARES, 3).fit(quadrants(1, 64));
    Network steps = network();
    trained(steps, STEPS, 3).fit(quadrants(1, 64));
    assertThat(doubles(shares.parameters().values()))
        .containsExactly(doubles(steps.parameters().values()));
    assertThat(history.last().learningRate()).isZero();
    Network bySteps = network();
    trainer(bySteps).optimizer(adam(SHARES)).steps(12).build().fit(quadrants(1, 64));
    assertThat(doubles(bySteps.parameters().values()))
        .containsExactly(doubles(steps.parameters().values()));
  }

  @Test
  void aResumedRunHasTheSameBits() throws IOException {
    Network whole = network();
    trained(whole, SHARES, 3).fit(quadrants(1, 64));
    for (int step : new int[] {1, 4, 6, 11}) {
      Checkpoint[] saved = new Checkpoint[1];
      TrainingListener stop =
          atStep(
              step,
              training -> {
                saved[0] = training.checkpoint();
                training.stop("test");
              });
      trainer(network())
          .optimizer(adam(SHARES))
          .epochs(3)
          .listener(stop)
          .build()
          .fit(quadrants(1, 64));
      Network resumed = network();
      trained(resumed, SHARES, 3).resume(saved[0]).fit(quadrants(1, 64));
      assertThat(doubles(resumed.parameters().values()))
          .as("resumed after step %s", step)
          .containsExactly(doubles(whole.parameters().values()));
    }
  }

  @Test
  void aSecondFitMakesTheRunLonger() throws IOException {
    Network network = network();
    Trainer trainer = trained(network, SHARES, 2);
    trainer.fit(quadrants(1, 64));
    Checkpoint middle = trainer.checkpoint();
    trainer.fit(quadrants(1, 64));
    Network resumed = network();
    trained(resumed, SHARES, 4).resume(middle).fit(quadrants(1, 64));
    assertThat(doubles(resumed.parameters().values()))
        .containsExactly(doubles(network.parameters().values()));
  }

  @Test
  void aSourceOfUnknownLengthIsRefusedBeforeTheFirstStep() {
    Batches batches = Batches.inOrder(quadrants(1, 64), 16, DataType.FLOAT);
    BatchSource source = BatchSource.of(Shape.of(2), Shape.of(4), batches::epoch);
    Network network = network();
    double[] before = doubles(network.parameters().values());
    TrainerBuilder builder =
        Trainer.builder(network).loss(Losses.crossEntropy()).optimizer(adam(SHARES));
    Trainer trainer = builder.epochs(3).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> trainer.fit(source))
        .withMessage(
            "WarmUp: expected the number of steps in the run, for a length of 0.25 of the run,"
                + " found a source of data that does not state it; set the length in steps, or"
                + " override batchesPerEpoch() of the source");
    assertThat(doubles(network.parameters().values())).containsExactly(before);
    Trainer bySteps =
        Trainer.builder(network)
            .loss(Losses.crossEntropy())
            .optimizer(adam(SHARES))
            .steps(12)
            .build();
    assertThat(bySteps.fit(source).last().learningRate()).isZero();
  }

  @Test
  void anOptimizerThatHasTakenStepsIsRefused() throws IOException {
    for (Supplier<Optimizer> kind :
        List.<Supplier<Optimizer>>of(() -> adam(SHARES), () -> sgd(Schedules.cosine(0.1)))) {
      Optimizer optimizer = kind.get();
      Network network = network();
      Trainer first = trainer(network).optimizer(optimizer).epochs(2).build();
      first.fit(quadrants(1, 64));
      for (Network next : List.of(network, network())) {
        double[] before = doubles(next.parameters().values());
        Trainer second = trainer(next).optimizer(optimizer).epochs(2).build();
        assertThatIllegalStateException()
            .isThrownBy(() -> second.fit(quadrants(1, 64)))
            .withMessage(
                "Trainer: expected an optimizer that has taken no step, found "
                    + optimizer
                    + " after 8 steps; create an optimizer for each trainer, or resume the run from"
                    + " a checkpoint");
        assertThat(doubles(next.parameters().values())).containsExactly(before);
      }
      trainer(network).optimizer(optimizer).epochs(3).build().resume(first.checkpoint());
      assertThat(first.fit(quadrants(1, 64)).stopReason().kind())
          .isEqualTo(StopReason.Kind.COMPLETED);
    }
  }

  @Test
  void aPlateauThatNobodyReportsToIsRefused() {
    Schedule plateau = Schedules.reduceOnPlateau(0.1);
    for (Schedule rate : List.of(plateau, Schedules.warmUp(Span.steps(3), plateau))) {
      for (TrainingListener listener :
          List.of(
              PlateauListener.of(Schedules.reduceOnPlateau(0.1), Monitor.trainingLoss()),
              new TrainingListener() {})) {
        Trainer trainer =
            trainer(network()).optimizer(adam(rate)).epochs(5).listener(listener).build();
        assertThatIllegalStateException()
            .isThrownBy(() -> trainer.fit(quadrants(1, 64)))
            .withMessage(
                "ReduceOnPlateau: expected a report after each epoch, found none in the first two;"
                    + " add the listener PlateauListener.of(schedule) with the schedule of the"
                    + " optimizer, or call report(...)");
        assertThat(trainer.progress().epoch()).isLessThanOrEqualTo(3);
      }
    }
    ReduceOnPlateau reported = Schedules.reduceOnPlateau(0.1);
    trainer(network())
        .optimizer(adam(Schedules.warmUp(Span.steps(3), reported)))
        .epochs(6)
        .listener(PlateauListener.of(reported, Monitor.trainingLoss()))
        .build()
        .fit(quadrants(1, 64));
  }

  private static Trainer withPlateau(ReduceOnPlateau rate, Monitor monitor, int epochs) {
    return trainer(network())
        .optimizer(adam(rate))
        .epochs(epochs)
        .validation(quadrants(2, 16))
        .listener(PlateauListener.of(rate, monitor))
        .build();
  }

  @Test
  void aPlateauMayHaveAnotherRateWhenItIsResumed() throws IOException {
    Monitor loss = Monitor.validationLoss();
    ReduceOnPlateau dropped = Schedules.reduceOnPlateau(0.5, 0.1, 0, 100, 0);
    Trainer first = withPlateau(dropped, loss, 3);
    first.fit(quadrants(1, 64));
    assertThat(dropped.state()).containsEntry("rate", 0.5 * 0.1 * 0.1);
    ReduceOnPlateau same = Schedules.reduceOnPlateau(0.5);
    withPlateau(same, loss, 4).resume(first.checkpoint());
    assertThat(same.state()).isEqualTo(dropped.state());
    ReduceOnPlateau lower = Schedules.reduceOnPlateau(0.001);
    withPlateau(lower, loss, 4).resume(first.checkpoint());
    assertThat(lower.rate(0)).isCloseTo(0.00001, within(1e-18));
    assertThat(lower.state()).containsEntry("best", dropped.state().get("best"));
    ReduceOnPlateau limited = Schedules.reduceOnPlateau(0.001, 0.1, 1, 0, 0.0005);
    withPlateau(limited, loss, 4).resume(first.checkpoint());
    assertThat(limited.rate(0)).isEqualTo(0.0005);
  }

  @Test
  void aPlateauOfAnotherFigureForgetsTheBest() throws IOException {
    ReduceOnPlateau rate = Schedules.reduceOnPlateau(0.5);
    Trainer first = withPlateau(rate, Monitor.validationLoss(), 2);
    first.fit(quadrants(1, 64));
    assertThat(rate.state().get("best")).isFinite();
    ReduceOnPlateau other = Schedules.reduceOnPlateau(0.5);
    withPlateau(other, Monitor.trainingLoss(), 4).resume(first.checkpoint());
    assertThat(other.state()).containsEntry("best", Double.POSITIVE_INFINITY);
  }

  @Test
  void earlyStatesOfAPlateauHaveNoInitialRate() {
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(0.1);
    schedule.restore(Map.of("rate", 0.05, "best", 2.0, "worse_in_a_row", 3.0));
    assertThat(schedule.state())
        .isEqualTo(Map.of("rate", 0.05, "initial", 0.1, "best", 2.0, "worse_in_a_row", 3.0));
  }
}
