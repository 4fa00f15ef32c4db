package org.nn4j.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.SeededRandom;
import org.nn4j.docs.Maths;

/** The equations of docs/maths.md for schedules, step by step. */
class ScheduleEquationsTest {
  /** T. */
  private static final int LENGTH = 37;

  private static final double FIRST = 0.8;
  private static final double LAST = 0.05;
  private static final double FACTOR = 0.6;

  private static Arguments of(Schedule schedule, LongToDoubleFunction equation) {
    return Arguments.of(schedule, equation);
  }

  private static double cosine(double from, double to, double share) {
    return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
  }

  static Stream<Arguments> equations() {
    double top = 0.3 * LENGTH - 1;
    double end = LENGTH - 1;
    return Stream.of(
        of(Schedules.constant(FIRST), t -> FIRST),
        of(
            Schedules.step(FIRST, FACTOR, Span.steps(LENGTH)),
            t -> FIRST * Math.pow(FACTOR, Math.floor((double) t / LENGTH))),
        of(
            Schedules.exponential(FIRST, FACTOR, Span.steps(LENGTH)),
            t -> FIRST * Math.pow(FACTOR, (double) t / LENGTH)),
        of(
            Schedules.inverseTime(FIRST, FACTOR, Span.steps(LENGTH)),
            t -> FIRST / (1 + FACTOR * t / LENGTH)),
        of(
            Schedules.cosine(FIRST, LAST, Span.steps(LENGTH)),
            t -> t < LENGTH ? cosine(FIRST, LAST, (double) t / LENGTH) : LAST),
        of(
            Schedules.polynomial(FIRST, LAST, 2.5, Span.steps(LENGTH)),
            t ->
                t < LENGTH ? LAST + (FIRST - LAST) * Math.pow(1 - (double) t / LENGTH, 2.5) : LAST),
        of(
            Schedules.warmUp(
                Span.steps(LENGTH), Schedules.inverseTime(FIRST, FACTOR, Span.steps(1))),
            t -> t < LENGTH ? FIRST * (t + 1) / LENGTH : FIRST / (1 + FACTOR * (t - LENGTH))),
        of(
            Schedules.oneCycle(FIRST, Span.steps(LENGTH)),
            t ->
                t <= top
                    ? cosine(FIRST / 25, FIRST, t / top)
                    : cosine(FIRST, FIRST / 250_000, Math.min(1, (t - top) / (end - top)))));
  }

  @ParameterizedTest
  @MethodSource("equations")
  @Maths({
    "(M65) η(t) = η₀",
    "(M66) η(t) = η₀ f^⌊t / T⌋",
    "(M67) η(t) = η₀ f^(t / T)",
    "(M68) η(t) = η₀ / (1 + f t / T)",
    "(M69) η(t) = η₁ + (η₀ − η₁) (1 + cos(π t / T)) / 2 while t < T, then η₁",
    "(M70) η(t) = η₁ + (η₀ − η₁) (1 − t / T)^p while t < T, then η₁",
    "(M71) η(t) = η(after, 0) (t + 1) / T while t < T, then η(after, t − T)",
    "(M72) η(t) = half a cosine from M / 25 to M until t = 0.3 T − 1,"
        + " then one to M / 250000 until t = T − 1"
  })
  void eachRateIsThatOfTheEquation(Schedule schedule, LongToDoubleFunction equation) {
    for (long t = 0; t < 3 * LENGTH; t++) {
      assertThat(schedule.rate(t))
          .as("step %s", t)
          .isEqualTo(equation.applyAsDouble(t), within(1e-15));
    }
  }

  @Test
  @Maths("(M73) η ← max(η f, η₁) after more than P reports without one below best − d")
  void theRateFallsOnPlateaus() {
    int patience = 2;
    double delta = 0.1;
    ReduceOnPlateau schedule = Schedules.reduceOnPlateau(FIRST, FACTOR, patience, delta, LAST);
    SeededRandom random = new SeededRandom(1);
    double eta = FIRST;
    double best = Double.POSITIVE_INFINITY;
    int without = 0;
    for (int i = 0; i < 60; i++) {
      double measure = random.nextDouble() + 5.0 / (i + 1);
      without++;
      if (measure < best - delta) {
        best = measure;
        without = 0;
      }
      if (without > patience) {
        eta = Math.max(eta * FACTOR, LAST);
        without = 0;
      }
      schedule.report(measure);
      assertThat(schedule.rate(i)).isEqualTo(eta);
    }
    assertThat(eta).isEqualTo(LAST);
  }
}
