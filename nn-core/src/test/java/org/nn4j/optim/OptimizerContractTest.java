package org.nn4j.optim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nn4j.optim.Optimizers.adadelta;
import static org.nn4j.optim.Optimizers.adagrad;
import static org.nn4j.optim.Optimizers.adam;
import static org.nn4j.optim.Optimizers.adamW;
import static org.nn4j.optim.Optimizers.momentum;
import static org.nn4j.optim.Optimizers.nadam;
import static org.nn4j.optim.Optimizers.nesterov;
import static org.nn4j.optim.Optimizers.rmsProp;
import static org.nn4j.optim.Optimizers.sgd;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.contract.OptimizerContract;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;

class OptimizerContractTest {
  static Stream<Supplier<Optimizer>> ours() {
    return Stream.of(
        () -> sgd(0.1),
        () -> sgd(Schedules.inverseTime(0.5, 0.01, Span.steps(1))),
        () -> momentum(0.1, 0.9),
        () -> nesterov(0.1, 0.9),
        () -> adagrad(0.1),
        () -> rmsProp(),
        () -> adadelta(),
        () -> adam(),
        () -> adamW(),
        () -> nadam());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void oursKeepIt(Supplier<Optimizer> optimizer) {
    OptimizerContract.check(optimizer);
  }

  @Test
  void brokenOnesAreFound() {
    refused(p -> {}, "a convex quadratic of");
    refused(p -> p.values().addi(p.gradients()), "a convex quadratic of");
    refused(
        p -> {
          p.values().subi(p.gradients().mul(0.1));
          p.zeroGrad();
        },
        "a step changes the gradients");
    refused(p -> p.values().subi(p.gradients().mul(0.1)), "a step changes a frozen parameter");
    refused(
        p -> {
          for (Parameter parameter : p) {
            if (!parameter.isFrozen()) {
              parameter.value().subi(parameter.gradient().mul(0.1 + 0.1 * Math.random()));
            }
          }
        },
        "two fresh ones differ after");
    assertThatThrownBy(() -> OptimizerContract.check(Forgetful::new))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("override state() and restore()");
    assertThatThrownBy(() -> OptimizerContract.check(() -> new Lambda(p -> {}, -1)))
        .hasMessageContaining("learningRate() is -1.0");
    assertThatThrownBy(() -> OptimizerContract.check(Unsteady::new))
        .hasMessageContaining("settings() differ of two that were made alike: ");
  }

  private static void refused(Consumer<ParameterVector> step, String complaint) {
    assertThatThrownBy(() -> OptimizerContract.check(() -> new Lambda(step, 0.1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Lambda")
        .hasMessageContaining(" breaks the contract of Optimizer: ")
        .hasMessageContaining(complaint);
  }

  /** Has a momentum that is not part of its state. */
  private static final class Forgetful implements Optimizer {
    private final Optimizer inner = momentum(0.1, 0.5);

    @Override
    public void step(ParameterVector parameters) {
      inner.step(parameters);
    }

    @Override
    public double learningRate() {
      return inner.learningRate();
    }
  }

  /** Tells its address, which is another one in each process. */
  private static final class Unsteady implements Optimizer {
    @Override
    public void step(ParameterVector parameters) {
      parameters.values().subi(parameters.gradients().mul(0.1));
    }

    @Override
    public double learningRate() {
      return 0.1;
    }

    @Override
    public String settings() {
      return "at " + System.identityHashCode(this);
    }
  }

  private record Lambda(Consumer<ParameterVector> rule, double learningRate) implements Optimizer {
    @Override
    public void step(ParameterVector parameters) {
      rule.accept(parameters);
    }
  }
}
