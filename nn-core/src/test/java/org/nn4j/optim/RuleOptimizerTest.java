package org.nn4j.optim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.optim.schedule.Schedules;

class RuleOptimizerTest {
  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Optimizers.sgd(0.1),
        Optimizers.momentum(0.1, 0.9),
        Optimizers.nesterov(0.1, 0.9),
        Optimizers.adagrad(),
        Optimizers.rmsProp(),
        Optimizers.adadelta(),
        Optimizers.adam(),
        Optimizers.adamW(),
        Optimizers.nadam());
  }

  private static ParameterVector vector(DataType type) {
    return ParameterVector.pack(
        type,
        List.of(
            List.of(
                new Parameter("weight", Parameter.Role.WEIGHT, random(1, type, 2, 3)),
                new Parameter("bias", Parameter.Role.BIAS, random(2, type, 3)))));
  }

  /** ND4J numbers its arrays: the number of those made since the program began. */
  private static long arraysMade() {
    return Nd4j.scalar(0).getId();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aStepMakesNoArrayNotEvenAScalar(Optimizer optimizer) {
    ParameterVector parameters = vector(FLOAT);
    Penalty l1 = Penalties.l1(0.1);
    Penalty l2 = Penalties.l2(0.1);
    for (boolean freeze : new boolean[] {false, true}) {
      parameters.get(0).freeze(freeze);
      step(optimizer, parameters, l1, l2);
      long first = arraysMade();
      long ofTheProbe = arraysMade() - first;
      long before = arraysMade();
      step(optimizer, parameters, l1, l2);
      assertThat(arraysMade() - before).isEqualTo(ofTheProbe);
    }
  }

  private static void step(Optimizer optimizer, ParameterVector parameters, Penalty... penalties) {
    for (Penalty penalty : penalties) {
      penalty.addGradient(parameters);
      assertThat(penalty.value(parameters)).isPositive();
    }
    GradientClipping.byNorm(1e-3).clip(parameters);
    GradientClipping.byValue(1e-4).clip(parameters);
    optimizer.step(parameters);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void frozenParametersAndTheirStateStay(DataType type) {
    optimizers().forEach(optimizer -> assertFrozenStay(optimizer, vector(type)));
  }

  private static void assertFrozenStay(Optimizer optimizer, ParameterVector parameters) {
    int frozen = 6; // of 9 elements, those of the first parameter
    parameters.gradients().assign(0.5);
    optimizer.step(parameters);
    Map<String, INDArray> before = optimizer.state().vectors();
    parameters.get(0).freeze(true);
    parameters.gradients().assign(2);
    double[] theta = doubles(parameters.values());
    optimizer.step(parameters);
    double[] moved = doubles(parameters.values());
    assertThat(Arrays.copyOf(moved, frozen)).isEqualTo(Arrays.copyOf(theta, frozen));
    assertThat(moved[frozen]).as("%s", optimizer).isNotEqualTo(theta[frozen]);
    Map<String, INDArray> after = optimizer.state().vectors();
    before.forEach(
        (name, numbers) -> {
          double[] old = doubles(numbers);
          double[] now = doubles(requireNonNull(after.get(name)));
          assertThat(Arrays.copyOf(now, frozen))
              .as("%s of %s", name, optimizer)
              .isEqualTo(Arrays.copyOf(old, frozen));
          assertThat(now[frozen]).as("%s of %s", name, optimizer).isNotEqualTo(old[frozen]);
        });
  }

  /** Remembers what its rule is given, and doubles it. */
  private static final class Recorder extends RuleOptimizer {
    private final List<INDArray> values = new ArrayList<>();
    private final List<List<INDArray>> states = new ArrayList<>();

    Recorder() {
      super("Recorder", Schedules.constant(1), 1, "first", "second");
    }

    @Override
    protected UpdateRule rule(double eta, long t) {
      return (g, theta, state, scratch) -> {
        assertThat(scratch).hasSize(1);
        values.add(theta);
        states.add(state);
        theta.addi(theta);
      };
    }
  }

  @Test
  void theStateIsFreedByCloseAndByAnotherState() {
    ParameterVector parameters = vector(DOUBLE);
    Recorder recorder = new Recorder();
    assertThat(recorder.offHeapBytes()).isZero();
    recorder.step(parameters);
    assertThat(recorder.offHeapBytes()).isEqualTo(3 * 9 * 8);

    recorder.restore(recorder.state(), parameters);
    assertThat(recorder.states.get(0)).allMatch(INDArray::wasClosed);
    recorder.step(parameters);
    List<INDArray> restored = recorder.states.get(1);
    assertThat(restored).noneMatch(INDArray::wasClosed);
    recorder.close();
    assertThat(restored).allMatch(INDArray::wasClosed);
    assertThat(recorder.offHeapBytes()).isZero();
  }

  @Test
  void viewsAreMadeAnewOnlyWhenTheRangesOrTheVectorsChange() {
    ParameterVector parameters = vector(DOUBLE);
    Recorder recorder = new Recorder();
    assertThat(recorder.state().vectors()).isEmpty();
    recorder.step(parameters);
    recorder.step(parameters);
    assertThat(recorder.values).hasSize(2).allMatch(v -> v == parameters.values());
    assertThat(recorder.states.get(1)).isSameAs(recorder.states.get(0));
    assertThat(recorder.state().vectors()).containsOnlyKeys("first", "second");

    parameters.get(0).freeze(true);
    recorder.step(parameters);
    recorder.step(parameters);
    assertThat(recorder.values).hasSize(4);
    assertThat(recorder.values.get(3)).isSameAs(recorder.values.get(2));
    assertThat(recorder.states.get(3).get(1).length()).isEqualTo(3);

    ParameterVector.pack(
        DOUBLE,
        List.of(List.of(new Parameter("w", Parameter.Role.WEIGHT, random(3, 4))), parameters));
    double[] before = doubles(parameters.get(1).value());
    recorder.step(parameters);
    double[] after = doubles(parameters.get(1).value());
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(2 * before[i]);
    }
    assertThat(recorder.state().steps()).isEqualTo(5);
  }

  @Test
  void aRuleWithoutALoopTakesFloatsToo() {
    ParameterVector parameters = vector(FLOAT);
    double[] before = doubles(parameters.values());
    Recorder recorder = new Recorder();
    recorder.step(parameters);
    double[] after = doubles(parameters.values());
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(2 * before[i]);
    }
    assertThat(recorder).hasToString("Recorder(1.0)");
  }

  @Test
  void stateIsThereByName() {
    ParameterVector parameters = vector(FLOAT);
    parameters.gradients().assign(2);
    Optimizer adam = Optimizers.adam();
    adam.step(parameters);
    OptimizerState state = adam.state();
    assertThat(state.optimizer()).isEqualTo("Adam");
    assertThat(state.steps()).isEqualTo(1);
    assertThat(state.vectors()).containsOnlyKeys("firstMoment", "secondMoment");
    assertThat(state.numbers()).isEmpty();
    INDArray firstMoment = requireNonNull(state.vectors().get("firstMoment"));
    assertThat(doubles(firstMoment)).containsOnly(0.2f);
    assertThat(firstMoment.dataType()).isEqualTo(FLOAT);
  }

  @Test
  void refusesParametersOfAnotherLengthOrType() {
    Optimizer momentum = Optimizers.momentum(0.1, 0.9);
    momentum.step(vector(FLOAT));
    assertThatThrownBy(() -> momentum.step(vector(DOUBLE)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Sgd: expected the parameters of its first step, 9 of FLOAT, found those of another network, 9 of DOUBLE; create an"
                + " optimizer for each network");
    ParameterVector small =
        ParameterVector.pack(
            FLOAT,
            List.of(List.of(new Parameter("w", Parameter.Role.WEIGHT, random(1, FLOAT, 2)))));
    assertThatThrownBy(() -> momentum.step(small))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Sgd: expected the parameters of its first step, 9 of FLOAT, found those of another network, 2 of FLOAT; create an"
                + " optimizer for each network");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateThatNoScheduleShouldGive(double rate) {
    Optimizer adam = Optimizers.adam(step -> step == 0 ? 0 : rate);
    ParameterVector parameters = vector(FLOAT);
    double[] start = doubles(parameters.values());
    parameters.gradients().assign(1);
    adam.step(parameters);
    assertThatThrownBy(() -> adam.step(parameters))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Adam: expected a rate of 0 or more and finite from its schedule at step 1, found "
                + rate
                + "; correct the schedule");
    assertThat(doubles(parameters.values())).isEqualTo(start);
  }
}
