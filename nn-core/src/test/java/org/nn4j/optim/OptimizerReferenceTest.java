package org.nn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.Near.assertNear;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.Reference;
import org.nn4j.optim.schedule.Schedule;
import org.nn4j.optim.schedule.Schedules;

/**
 * Each optimizer against the steps that PyTorch takes from the same start by the same gradients.
 */
class OptimizerReferenceTest {
  static Stream<Reference> cases() {
    return Reference.cases("optimizers.json").stream();
  }

  @Test
  void thereAreElevenCases() {
    assertThat(cases()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceInDouble(Reference reference) {
    check(reference, DataType.DOUBLE, 1e-10);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceInFloat(Reference reference) {
    check(reference, DataType.FLOAT, 1e-5);
  }

  private static void check(Reference reference, DataType type, double tolerance) {
    Optimizer optimizer = optimizer(reference);
    Penalty penalty = Penalties.l2(reference.number("l2", 0));
    Parameter weight =
        new Parameter("weight", Parameter.Role.WEIGHT, reference.array("start", type));
    ParameterVector vector = ParameterVector.pack(type, List.of(List.of(weight)));
    List<INDArray> gradients = reference.arrays("gradients", type);
    List<INDArray> expected = reference.arrays("after_each_step", DataType.DOUBLE);
    assertThat(gradients).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < gradients.size(); i++) {
      vector.gradients().assign(gradients.get(i));
      penalty.addGradient(vector);
      optimizer.step(vector);
      assertNear(vector.values(), expected.get(i), tolerance);
    }
  }

  private static Optimizer optimizer(Reference reference) {
    Schedule rate = Schedules.constant(reference.number("learning_rate"));
    double epsilon = reference.number("epsilon", Double.NaN);
    double decay = reference.number("decay", Double.NaN);
    double beta1 = reference.number("beta1", Double.NaN);
    double beta2 = reference.number("beta2", Double.NaN);
    return switch (reference.string("optimizer")) {
      case "sgd" -> sgd(rate, reference);
      case "adagrad" -> Optimizers.adagrad(rate, epsilon);
      case "rmsprop" -> Optimizers.rmsProp(rate, decay, epsilon);
      case "adadelta" -> Optimizers.adadelta(rate, decay, epsilon);
      case "adam" -> Optimizers.adam(rate, beta1, beta2, epsilon);
      case "adamw" ->
          Optimizers.adamW(rate, beta1, beta2, epsilon, reference.number("weight_decay"));
      case "nadam" ->
          Optimizers.nadam(rate, beta1, beta2, epsilon, reference.number("momentum_decay"));
      default -> throw new AssertionError(reference.toString());
    };
  }

  private static Optimizer sgd(Schedule rate, Reference reference) {
    double coefficient = reference.number("momentum", 0);
    if (coefficient == 0) {
      return Optimizers.sgd(rate);
    }
    return reference.has("nesterov")
        ? Optimizers.nesterov(rate, coefficient)
        : Optimizers.momentum(rate, coefficient);
  }
}
