package org.nn4j.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nn4j.Near;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.optim.Optimizers;

/** Rates worked out by hand. */
class SchedulesTest {
  private static final Offset<Double> CLOSE = within(1e-15);

  private static void rates(Schedule schedule, long step, double expected) {
    assertThat(schedule.rate(step)).as("%s at step %s", schedule, step).isCloseTo(expected, CLOSE);
  }

  @Test
  void constantStays() {
    rates(Schedules.constant(0.3), 0, 0.3);
    rates(Schedules.constant(0.3), 1_000_000_000_000L, 0.3);
  }

  @Test
  void stepDropsEveryThirdStep() {
    Schedule schedule = Schedules.step(0.8, 0.5, Span.steps(3));
    rates(schedule, 0, 0.8);
    rates(schedule, 2, 0.8);
    rates(schedule, 3, 0.4);
    rates(schedule, 5, 0.4);
    rates(schedule, 6, 0.2);
  }

  @Test
  void exponentialDecaysAtEachStep() {
    rates(Schedules.exponential(1, 0.9, Span.steps(1)), 0, 1);
    rates(Schedules.exponential(1, 0.9, Span.steps(1)), 2, 0.81);
    // Half of the way to the factor 0.25 is its root.
    rates(Schedules.exponential(1, 0.25, Span.steps(10)), 5, 0.5);
    rates(Schedules.exponential(1, 0.25, Span.steps(10)), 20, 0.0625);
  }

  @Test
  void inverseTimeFallsAsOneOverTime() {
    Schedule schedule = Schedules.inverseTime(0.6, 0.5, Span.steps(1));
    rates(schedule, 0, 0.6);
    rates(schedule, 1, 0.4);
    rates(schedule, 4, 0.2);
  }

  @Test
  void cosineFallsAlongHalfACosine() {
    Schedule schedule = Schedules.cosine(1, 0.2, Span.steps(6));
    rates(schedule, 0, 1);
    // cos 60° = 1/2: 0.2 + 0.8 · 3/4.
    rates(schedule, 2, 0.8);
    rates(schedule, 3, 0.6);
    rates(schedule, 4, 0.4);
    rates(schedule, 6, 0.2);
    rates(schedule, 7, 0.2);
  }

  @Test
  void polynomialFallsAsAPowerOfWhatIsLeft() {
    Schedule straight = Schedules.polynomial(1, 0, 1, Span.steps(4));
    rates(straight, 0, 1);
    rates(straight, 1, 0.75);
    rates(straight, 4, 0);
    Schedule square = Schedules.polynomial(1, 0.2, 2, Span.steps(4));
    // Half is left: 0.2 + 0.8 / 4.
    rates(square, 2, 0.4);
    rates(square, 9, 0.2);
  }

  @Test
  void warmUpRisesToTheScheduleThatFollows() {
    Schedule schedule = Schedules.warmUp(Span.steps(4), Schedules.step(0.8, 0.5, Span.steps(2)));
    rates(schedule, 0, 0.2);
    rates(schedule, 1, 0.4);
    rates(schedule, 3, 0.8);
    rates(schedule, 4, 0.8);
    rates(schedule, 5, 0.8);
    rates(schedule, 6, 0.4);
  }

  @Test
  void oneCycleRisesForThreeTenthsOfItsStepsAndFallsForTheRest() {
    Schedule schedule = Schedules.oneCycle(1, Span.steps(10));
    // The rise ends at step 0.3 · 10 − 1 = 2, the fall at step 9.
    rates(schedule, 0, 0.04);
    rates(schedule, 1, 0.52);
    rates(schedule, 2, 1);
    rates(schedule, 9, 0.04 / 1e4);
    rates(schedule, 99, 0.04 / 1e4);
    // 1/7 of the way down: last + (1 − last)(1 + cos(π / 7)) / 2.
    rates(schedule, 3, 4e-6 + (1 - 4e-6) * (1 + Math.cos(Math.PI / 7)) / 2);
  }

  @Test
  void aShortOneCycleBeginsAtItsTopOrBeyond() {
    // The rise of 0.5 · 2 − 1 = 0 steps is no rise.
    rates(Schedules.oneCycle(1, Span.steps(2), 0.5, 25, 1e4), 0, 1);
    rates(Schedules.oneCycle(1, Span.steps(2), 0.5, 25, 1e4), 1, 4e-6);
    for (long steps = 2; steps < 12; steps++) {
      Schedule schedule = Schedules.oneCycle(1, Span.steps(steps));
      for (long step = 0; step < 15; step++) {
        assertThat(schedule.rate(step)).isBetween(4e-6, 1.0);
      }
    }
  }

  @Test
  void reducesWhenTheMeasureHasNotFallenForLongerThanThePatience() {
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(1, 0.5, 1, 0.1, 0.3);
    schedule.report(2);
    schedule.report(1.95); // not better by more than 0.1: the first
    rates(schedule, 7, 1);
    schedule.report(1.8); // better: the count starts anew
    schedule.report(1.8);
    rates(schedule, 7, 1);
    schedule.report(Double.NaN); // the second in a row
    rates(schedule, 8, 0.5);
    schedule.report(3);
    rates(schedule, 8, 0.5);
    schedule.report(3);
    rates(schedule, 8, 0.3); // the minimum, not 0.25
  }

  @Test
  void theDefaultPlateauIsElevenReportsLong() {
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(1);
    for (int i = 0; i < 11; i++) {
      schedule.report(5);
      rates(schedule, i, 1);
    }
    schedule.report(5);
    rates(schedule, 11, 0.1);
  }

  @Test
  void theLimitsThatMessagesNameAreAllowed() {
    rates(Schedules.reduceOnPlateau(1, 0.5, 0, 0, 1), 0, 1);
    rates(Schedules.oneCycle(1, Span.steps(2), 0.5, 1, 1), 0, 1);
    assertThat(Span.ofRun(1)).isEqualTo(Span.ofRun(1)).hasSameHashCodeAs(Span.ofRun(1));
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(1, 0.5, 0, 0.5, 0.25);
    schedule.report(2);
    schedule.report(1.5); // an improvement by minDelta is none
    rates(schedule, 2, 0.5);
    schedule.report(1.5);
    Map<String, Double> state = schedule.state();
    schedule.report(0);
    schedule.restore(state); // the rate is the minimum, and none is worse in a row
    rates(schedule, 3, 0.25);
  }

  @Test
  void anOptimizerTellsTheRateOfItsNextStep() {
    Parameter weight = new Parameter("w", Parameter.Role.WEIGHT, Near.random(1, 2));
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(List.of(weight)));
    for (Optimizer optimizer :
        List.of(
            Optimizers.sgd(Schedules.inverseTime(1, 1, Span.steps(1))),
            Optimizers.momentum(Schedules.inverseTime(1, 1, Span.steps(1)), 0.5),
            Optimizers.nesterov(Schedules.inverseTime(1, 1, Span.steps(1)), 0.5),
            Optimizers.adagrad(Schedules.inverseTime(1, 1, Span.steps(1))),
            Optimizers.rmsProp(Schedules.inverseTime(1, 1, Span.steps(1))),
            Optimizers.adadelta(Schedules.inverseTime(1, 1, Span.steps(1))),
            Optimizers.adam(Schedules.inverseTime(1, 1, Span.steps(1))),
            Optimizers.adamW(Schedules.inverseTime(1, 1, Span.steps(1))),
            Optimizers.nadam(Schedules.inverseTime(1, 1, Span.steps(1))))) {
      assertThat(optimizer.learningRate()).isEqualTo(1);
      optimizer.step(vector);
      assertThat(optimizer.learningRate()).isEqualTo(0.5);
      assertThat(optimizer.learningRate()).isEqualTo(0.5);
    }
  }
}
