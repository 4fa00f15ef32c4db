package org.nn4j.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.nn4j.optim.Optimizers.sgd;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.nn4j.Optimizer;
import org.nn4j.RunLength;

class SpanTest {
  private static final RunLength RUN = RunLength.of(20, 25);

  @Test
  void epochsAndSharesOfTheRunAreSteps() {
    assertThat(Span.epochs(2).in(RUN, "test")).isEqualTo(Span.steps(50));
    assertThat(Span.epochs(0.5).in(RUN, "test")).as("rounded up").isEqualTo(Span.steps(13));
    assertThat(Span.epochs(0.001).in(RUN, "test")).as("at least one").isEqualTo(Span.steps(1));
    assertThat(Span.ofRun(0.1).in(RUN, "test")).isEqualTo(Span.steps(50));
    assertThat(Span.ofRun(1).in(RUN, "test")).isEqualTo(Span.steps(500));
    assertThat(Span.steps(7).in(RUN, "test")).isEqualTo(Span.steps(7));
    assertThat(Span.steps(7)).isNotEqualTo(Span.epochs(7)).hasSameHashCodeAs(Span.steps(7));
  }

  @Test
  void eachScheduleHasTheRatesOfTheSameScheduleInSteps() {
    Span epochs = Span.epochs(4);
    Span steps = Span.steps(100);
    List<List<Schedule>> pairs =
        List.of(
            List.of(Schedules.constant(1), Schedules.constant(1)),
            List.of(Schedules.step(1, 0.5, epochs), Schedules.step(1, 0.5, steps)),
            List.of(Schedules.exponential(1, 0.5, epochs), Schedules.exponential(1, 0.5, steps)),
            List.of(Schedules.inverseTime(1, 0.5, epochs), Schedules.inverseTime(1, 0.5, steps)),
            List.of(Schedules.cosine(1), Schedules.cosine(1, 0, Span.steps(500))),
            List.of(
                Schedules.polynomial(1, 0.1, 2, epochs), Schedules.polynomial(1, 0.1, 2, steps)),
            List.of(Schedules.oneCycle(1), Schedules.oneCycle(1, Span.steps(500))),
            List.of(
                Schedules.warmUp(Span.ofRun(0.2), Schedules.cosine(1)),
                Schedules.warmUp(steps, Schedules.cosine(1, 0, Span.steps(400)))),
            List.of(
                Schedules.warmUp(epochs, Schedules.step(1, 0.5, epochs)),
                Schedules.warmUp(steps, Schedules.step(1, 0.5, steps))));
    for (List<Schedule> pair : pairs) {
      Schedule resolved = pair.get(0).over(RUN);
      for (long step = 0; step < 510; step++) {
        assertThat(resolved.rate(step))
            .as("%s, step %s", resolved, step)
            .isEqualTo(pair.get(1).rate(step));
      }
    }
  }

  @Test
  void aScheduleWithStateKeepsIt() {
    ReduceOnPlateau plateau = Schedules.reduceOnPlateau(1, 0.5, 0, 0, 0);
    Schedule resolved = Schedules.warmUp(Span.epochs(1), plateau).over(RUN);
    plateau.report(1);
    plateau.report(2);
    assertThat(resolved.rate(25)).isEqualTo(0.5);
  }

  @Test
  void anOwnLoopPlansItsOptimizer() {
    Optimizer optimizer = sgd(Schedules.warmUp(Span.epochs(1), Schedules.constant(1)));
    assertThatIllegalStateException()
        .isThrownBy(optimizer::learningRate)
        .withMessage(
            "WarmUp: expected a length in steps, found 1 epochs; call"
                + " optimizer.plan(RunLength.of(epochs, stepsPerEpoch)) before the first step, or"
                + " give the length in steps");
    optimizer.plan(RUN);
    assertThat(optimizer.learningRate()).isEqualTo(1.0 / 25);
    assertThat(optimizer).hasToString("SGD(WarmUp[length=1 epochs, after=1.0])");
  }

  @Test
  void refusesAnUnknownLength() {
    RunLength unknown = new RunLength(OptionalLong.empty(), OptionalLong.empty());
    assertThatIllegalStateException()
        .isThrownBy(() -> Schedules.step(1, 0.5, Span.epochs(2.5)).over(unknown))
        .withMessage(
            "StepDecay: expected the number of steps in an epoch, for a length of 2.5 epochs, found"
                + " a source of data that does not state it; set the length in steps, or override"
                + " batchesPerEpoch() of the source");
    assertThatIllegalStateException()
        .isThrownBy(() -> Schedules.oneCycle(1).over(unknown))
        .withMessageStartingWith(
            "OneCycle: expected the number of steps in the run, for a length of the run, found a");
    Schedule warmUp = Schedules.warmUp(Span.steps(3), Schedules.cosine(1, 0, Span.ofRun(0.5)));
    assertThatIllegalStateException()
        .isThrownBy(() -> warmUp.over(unknown))
        .withMessageContaining("for a length of 0.5 of the run");
  }

  @Test
  void refusesLengthsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Span.ofRun(1.5))
        .withMessage("Span: expected share of the run in (0, 1], found 1.5; correct the argument");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Span.epochs(0))
        .withMessageContaining("a positive, finite number of epochs, found 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLength.of(1, 0))
        .withMessageContaining("a positive number of steps per epoch");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLength.of(5, 1L << 62))
        .withMessageContaining("at most 9223372036854775807 steps, found 5 epochs of ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunLength(OptionalLong.empty(), OptionalLong.of(0)))
        .withMessageContaining("a positive number of steps");
  }
}
