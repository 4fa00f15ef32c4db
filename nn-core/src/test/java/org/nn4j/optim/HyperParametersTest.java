package org.nn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;

/** Each hyper-parameter out of its range is refused with its message. */
class HyperParametersTest {
  private static final Schedule RATE = Schedules.constant(0.1);
  private static final double NAN = Double.NaN;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  static Stream<Arguments> refusals() {
    return Stream.of(
        of(
            "Sgd: expected a positive, finite learning rate, found -0.1",
            () -> Optimizers.sgd(-0.1)),
        of(
            "Sgd: expected a positive, finite learning rate, found NaN",
            () -> Optimizers.momentum(NAN, 0.9)),
        of(
            "Sgd: expected a positive, finite learning rate, found 0.0",
            () -> Optimizers.nesterov(0, 0.9)),
        of(
            "Adagrad: expected a positive, finite learning rate, found 0.0",
            () -> Optimizers.adagrad(0)),
        of(
            "RmsProp: expected a positive, finite learning rate, found 0.0",
            () -> Optimizers.rmsProp(0)),
        of(
            "Adadelta: expected a positive, finite learning rate, found 0.0",
            () -> Optimizers.adadelta(0)),
        of(
            "Adam: expected a positive, finite learning rate, found Infinity",
            () -> Optimizers.adam(INFINITE)),
        of(
            "AdamW: expected a positive, finite learning rate, found 0.0",
            () -> Optimizers.adamW(0)),
        of(
            "Nadam: expected a positive, finite learning rate, found 0.0",
            () -> Optimizers.nadam(0)),
        of("Sgd: expected a momentum in [0, 1), found 1.0", () -> Optimizers.momentum(RATE, 1)),
        of("Sgd: expected a momentum in [0, 1), found -0.1", () -> Optimizers.nesterov(RATE, -0.1)),
        of(
            "Adagrad: expected a positive, finite epsilon, found 0.0",
            () -> Optimizers.adagrad(RATE, 0)),
        of(
            "RmsProp: expected a decay in [0, 1), found 1.0",
            () -> Optimizers.rmsProp(RATE, 1, 1e-8)),
        of(
            "RmsProp: expected a positive, finite epsilon, found NaN",
            () -> Optimizers.rmsProp(RATE, 0.9, NAN)),
        of(
            "Adadelta: expected a decay in [0, 1), found NaN",
            () -> Optimizers.adadelta(RATE, NAN, 1e-6)),
        of(
            "Adadelta: expected a positive, finite epsilon, found -1.0",
            () -> Optimizers.adadelta(RATE, 0.9, -1)),
        of(
            "Adam: expected a beta1 in [0, 1), found 1.0",
            () -> Optimizers.adam(RATE, 1, 0.999, 1e-8)),
        of(
            "Adam: expected a beta2 in [0, 1), found 1.0",
            () -> Optimizers.adam(RATE, 0.9, 1, 1e-8)),
        of(
            "Adam: expected a positive, finite epsilon, found 0.0",
            () -> Optimizers.adam(RATE, 0.9, 0.999, 0)),
        of(
            "AdamW: expected a beta1 in [0, 1), found -0.5",
            () -> Optimizers.adamW(RATE, -0.5, 0.999, 1e-8, 0)),
        of(
            "AdamW: expected a beta2 in [0, 1), found NaN",
            () -> Optimizers.adamW(RATE, 0.9, NAN, 1e-8, 0)),
        of(
            "AdamW: expected a positive, finite epsilon, found 0.0",
            () -> Optimizers.adamW(RATE, 0.9, 0.9, 0, 0)),
        of(
            "AdamW: expected a finite weight decay of 0 or more, found -0.01",
            () -> Optimizers.adamW(RATE, 0.9, 0.9, 1e-8, -0.01)),
        of(
            "Nadam: expected a beta1 in [0, 1), found 1.0",
            () -> Optimizers.nadam(RATE, 1, 0.999, 1e-8, 0)),
        of(
            "Nadam: expected a beta2 in [0, 1), found 1.0",
            () -> Optimizers.nadam(RATE, 0.9, 1, 1e-8, 0)),
        of(
            "Nadam: expected a positive, finite epsilon, found 0.0",
            () -> Optimizers.nadam(RATE, 0.9, 0.999, 0, 0)),
        of(
            "Nadam: expected a finite momentum decay of 0 or more, found NaN",
            () -> Optimizers.nadam(RATE, 0.9, 0.9, 1e-8, NAN)),
        of("L1: expected a finite strength of 0 or more, found -1.0", () -> Penalties.l1(-1)),
        of("L2: expected a finite strength of 0 or more, found NaN", () -> Penalties.l2(NAN)),
        of(
            "GradientClipping.ByNorm: expected a positive, finite largest norm, found 0.0",
            () -> GradientClipping.byNorm(0)),
        of(
            "GradientClipping.ByValue: expected a positive, finite limit, found -1.0",
            () -> GradientClipping.byValue(-1)),
        of(
            "ConstantRate: expected a positive, finite learning rate, found 0.0",
            () -> Schedules.constant(0)),
        of(
            "StepDecay: expected a positive, finite initial rate, found 0.0",
            () -> Schedules.step(0, 0.5, Span.steps(1))),
        of(
            "StepDecay: expected factor in (0, 1], found 0.0",
            () -> Schedules.step(1, 0, Span.steps(1))),
        of(
            "Span: expected a positive number of steps, found 0",
            () -> Schedules.step(1, 0.5, Span.steps(0))),
        of(
            "ExponentialDecay: expected a positive, finite initial rate, found NaN",
            () -> Schedules.exponential(NAN, 0.5, Span.steps(1))),
        of(
            "ExponentialDecay: expected decay in (0, 1], found 1.1",
            () -> Schedules.exponential(1, 1.1, Span.steps(1))),
        of(
            "Span: expected a positive number of steps, found -2",
            () -> Schedules.exponential(1, 0.5, Span.steps(-2))),
        of(
            "InverseTimeDecay: expected a positive, finite initial rate, found -1.0",
            () -> Schedules.inverseTime(-1, 0, Span.steps(1))),
        of(
            "InverseTimeDecay: expected a finite decay of 0 or more, found -0.1",
            () -> Schedules.inverseTime(1, -0.1, Span.steps(1))),
        of(
            "CosineDecay: expected a positive, finite initial rate, found 0.0",
            () -> Schedules.cosine(0, 0, Span.steps(1))),
        of(
            "CosineDecay: expected last rate of 0 or more and at most the initial 1.0, found 2.0",
            () -> Schedules.cosine(1, 2, Span.steps(1))),
        of(
            "Span: expected a positive number of steps, found 0",
            () -> Schedules.cosine(1, 0, Span.steps(0))),
        of(
            "PolynomialDecay: expected a positive, finite initial rate, found 0.0",
            () -> Schedules.polynomial(0, 0, 1, Span.steps(1))),
        of(
            "PolynomialDecay: expected last rate of 0 or more and at most the initial 1.0, found NaN",
            () -> Schedules.polynomial(1, NAN, 1, Span.steps(1))),
        of(
            "PolynomialDecay: expected a positive, finite power, found 0.0",
            () -> Schedules.polynomial(1, 0, 0, Span.steps(1))),
        of(
            "Span: expected a positive number of steps, found 0",
            () -> Schedules.polynomial(1, 0, 1, Span.steps(0))),
        of(
            "Span: expected a positive number of steps, found 0",
            () -> Schedules.warmUp(Span.steps(0), RATE)),
        of(
            "OneCycle: expected a positive, finite largest rate, found 0.0",
            () -> Schedules.oneCycle(0, Span.steps(10))),
        of(
            "OneCycle: expected a length of 2 steps or more, found 1 steps",
            () -> Schedules.oneCycle(1, Span.steps(1))),
        of(
            "OneCycle: expected rise in (0, 1), found 1.0",
            () -> Schedules.oneCycle(1, Span.steps(10), 1, 25, 1e4)),
        of(
            "OneCycle: expected initial divisor of 1 or more and finite, found 0.5",
            () -> Schedules.oneCycle(1, Span.steps(10), 0.3, 0.5, 1e4)),
        of(
            "OneCycle: expected final divisor of 1 or more and finite, found Infinity",
            () -> Schedules.oneCycle(1, Span.steps(10), 0.3, 25, INFINITE)),
        of(
            "ReduceOnPlateau: expected a positive, finite initial rate, found 0.0",
            () -> Schedules.reduceOnPlateau(0)),
        of(
            "ReduceOnPlateau: expected factor in (0, 1), found 1.0",
            () -> Schedules.reduceOnPlateau(1, 1, 0, 0, 0)),
        of(
            "ReduceOnPlateau: expected patience of 0 or more, found -1",
            () -> Schedules.reduceOnPlateau(1, 0.5, -1, 0, 0)),
        of(
            "ReduceOnPlateau: expected a finite smallest improvement of 0 or more, found -1.0",
            () -> Schedules.reduceOnPlateau(1, 0.5, 0, -1, 0)),
        of(
            "ReduceOnPlateau: expected last rate of 0 or more and at most the initial 1.0, found -1.0",
            () -> Schedules.reduceOnPlateau(1, 0.5, 0, 0, -1)));
  }

  private static Arguments of(String message, ThrowingCallable making) {
    return Arguments.of(message, making);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void isRefused(String message, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message + "; ")
        .hasMessageNotContaining(
            "pass " + message.replaceFirst(".*: expected (.*), found .*", "$1"));
  }

  @Test
  void optimizersPrintThemselvesAndTheirRate() {
    assertThat(Optimizers.sgd(3.0)).hasToString("SGD(3.0)");
    assertThat(Optimizers.momentum(0.1, 0.9)).hasToString("SGD(0.1, Classical[coefficient=0.9])");
    assertThat(Optimizers.adagrad()).hasToString("Adagrad(0.01)");
    assertThat(Optimizers.rmsProp()).hasToString("RMSProp(0.001, decay 0.9)");
    assertThat(Optimizers.adadelta()).hasToString("Adadelta(1.0, decay 0.9)");
    assertThat(Optimizers.adam()).hasToString("Adam(0.001, betas 0.9 0.999)");
    assertThat(Optimizers.adamW()).hasToString("AdamW(0.001, weight decay 0.01)");
    assertThat(Optimizers.nadam()).hasToString("Nadam(0.002, betas 0.9 0.999)");
    assertThat(Optimizers.adam(Schedules.inverseTime(0.5, 1, Span.steps(1))))
        .hasToString(
            "Adam(InverseTimeDecay[initial=0.5, decay=1.0, every=1 steps], betas 0.9 0.999)");
    assertThat(Schedules.reduceOnPlateau(0.5)).hasToString("ReduceOnPlateau(0.5)");
    assertThat(Penalties.l1(0.1)).hasToString("L1(0.1)");
    assertThat(Penalties.l2(0.1)).hasToString("L2(0.1)");
  }
}
