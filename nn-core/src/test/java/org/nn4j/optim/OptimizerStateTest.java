package org.nn4j.optim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Optimizer;
import org.nn4j.OptimizerState;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;
import org.nn4j.optim.schedule.ReduceOnPlateau;
import org.nn4j.optim.schedule.Schedules;
import org.nn4j.optim.schedule.Span;

/** That each optimizer goes on from its state with the same bits is in OptimizerContract. */
class OptimizerStateTest {
  private static ParameterVector vector(DataType type, long... shape) {
    ParameterVector vector =
        ParameterVector.pack(
            type,
            List.of(List.of(new Parameter("w", Parameter.Role.WEIGHT, random(1, type, shape)))));
    vector.gradients().assign(1);
    return vector;
  }

  private static OptimizerState after(Optimizer optimizer, ParameterVector parameters) {
    optimizer.step(parameters);
    return optimizer.state();
  }

  @Test
  void aStateIsACopy() {
    ParameterVector parameters = vector(FLOAT, 3);
    Optimizer optimizer = Optimizers.momentum(0.1, 0.9);
    OptimizerState state = after(optimizer, parameters);
    optimizer.step(parameters);
    assertThat(doubles(requireNonNull(state.vectors().get("velocity")))).containsOnly(1);
    assertThat(state.steps()).isEqualTo(1);
  }

  @Test
  void aUsedOptimizerTakesOverAStateForOtherParameters() {
    Optimizer optimizer = Optimizers.adam();
    after(optimizer, vector(FLOAT, 3));
    ParameterVector other = vector(DOUBLE, 5);
    optimizer.restore(after(Optimizers.adam(), vector(DOUBLE, 5)), other);
    optimizer.step(other);
    assertThat(optimizer.state().steps()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("org.nn4j.optim.OptimizerContractTest#ours")
  void aUsedOptimizerGoesBackToAnEarlierState(Supplier<Optimizer> made) {
    Optimizer optimizer = made.get();
    ParameterVector parameters = vector(DOUBLE, 3);
    OptimizerState first = after(optimizer, parameters);
    double[] atFirst = doubles(parameters.values());
    optimizer.step(parameters);
    double[] once = doubles(parameters.values());
    for (int step = 0; step < 5; step++) {
      optimizer.step(parameters);
    }
    optimizer.restore(first, parameters);
    parameters.values().assign(Nd4j.createFromArray(atFirst));
    optimizer.step(parameters);
    assertThat(doubles(parameters.values())).containsExactly(once);
  }

  @Test
  void settingsNameAllThatTheStepsDependOnButTheRate() {
    assertThat(Optimizers.sgd(1).settings()).isEqualTo("SGD(no momentum)");
    assertThat(Optimizers.nesterov(1, 0.5).settings()).isEqualTo("SGD(Nesterov[coefficient=0.5])");
    assertThat(Optimizers.adagrad(Schedules.constant(1), 0.25).settings())
        .isEqualTo("Adagrad(epsilon 0.25)");
    assertThat(Optimizers.rmsProp(Schedules.constant(1), 0.5, 0.25).settings())
        .isEqualTo("RMSProp(decay 0.5, epsilon 0.25)");
    assertThat(Optimizers.adadelta(Schedules.constant(1), 0.5, 0.25).settings())
        .isEqualTo("Adadelta(decay 0.5, epsilon 0.25)");
    assertThat(Optimizers.adam(Schedules.constant(1), 0.5, 0.75, 0.25).settings())
        .isEqualTo("Adam(betas 0.5 0.75, epsilon 0.25)");
    assertThat(Optimizers.adamW(Schedules.constant(1), 0.5, 0.75, 0.25, 0.1).settings())
        .isEqualTo("AdamW(weight decay 0.1, Adam(betas 0.5 0.75, epsilon 0.25))");
    assertThat(Optimizers.nadam(Schedules.constant(1), 0.5, 0.75, 0.25, 0.1).settings())
        .startsWith("Nadam(betas 0.5 0.75, epsilon 0.25");
  }

  @Test
  void theStateOfAnotherOptimizerIsRefusedAndNothingChanges() {
    ParameterVector parameters = vector(FLOAT, 3);
    OptimizerState ofAdam = after(Optimizers.adam(), parameters);
    Optimizer nadam = Optimizers.nadam();
    assertThatThrownBy(() -> nadam.restore(ofAdam, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Nadam: expected the state of Nadam with the vectors [firstMoment, secondMoment], found"
                + " that of Adam with the vectors [firstMoment, secondMoment]; use the optimizer"
                + " that the state is of");
    assertThat(nadam.state().steps()).isZero();
    assertThatThrownBy(
            () ->
                Optimizers.sgd(0.1)
                    .restore(after(Optimizers.momentum(0.1, 0.5), parameters), parameters))
        .hasMessageContaining("the vectors [velocity]");
    assertThatThrownBy(
            () ->
                Optimizers.momentum(0.1, 0.5)
                    .restore(after(Optimizers.sgd(0.1), parameters), parameters))
        .hasMessageContaining("with the vectors []");
  }

  @Test
  void aStateOfAnotherLengthOrTypeIsRefused() {
    OptimizerState state = after(Optimizers.adam(), vector(FLOAT, 3));
    assertThatThrownBy(() -> Optimizers.adam().restore(state, vector(FLOAT, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Adam: expected 'firstMoment' [4] of FLOAT, found [3] of FLOAT; use the network that"
                + " the state is of");
    assertThatThrownBy(() -> Optimizers.adam().restore(state, vector(DOUBLE, 3)))
        .hasMessageContaining("[3] of DOUBLE, found [3] of FLOAT");
    assertThatThrownBy(() -> new OptimizerState("x", -1, Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPlateauGoesOnWhereItStood() {
    ReduceOnPlateau plateau = Schedules.reduceOnPlateau(1, 0.5, 1, 0, 0);
    Optimizer optimizer = Optimizers.sgd(Schedules.warmUp(Span.steps(2), plateau));
    assertThat(optimizer.state().numbers()).containsEntry("best", Double.POSITIVE_INFINITY);
    plateau.report(3);
    plateau.report(4);
    plateau.report(4);
    plateau.report(4);

    ReduceOnPlateau resumed = Schedules.reduceOnPlateau(1, 0.5, 1, 0, 0);
    ParameterVector parameters = vector(FLOAT, 3);
    Optimizer other = Optimizers.sgd(Schedules.warmUp(Span.steps(2), resumed));
    other.restore(optimizer.state(), parameters);

    assertThat(resumed.rate(0)).isEqualTo(0.5);
    resumed.report(3.5);
    assertThat(resumed.rate(0)).isEqualTo(0.25);
    assertThat(resumed.state()).containsEntry("best", 3.0);
  }

  @Test
  void theStateOfAnotherScheduleIsRefused() {
    ParameterVector parameters = vector(FLOAT, 3);
    Optimizer plateau = Optimizers.adam(Schedules.reduceOnPlateau(0.1));
    Optimizer constant = Optimizers.adam();
    OptimizerState ofPlateau = after(plateau, parameters);
    OptimizerState ofConstant = after(constant, parameters);
    assertThatThrownBy(() -> constant.restore(ofPlateau, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected no state, found {");
    assertThatThrownBy(() -> plateau.restore(ofConstant, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the state of a ReduceOnPlateau");
    assertThatThrownBy(
            () ->
                Schedules.reduceOnPlateau(0.1)
                    .restore(Map.of("rate", -1.0, "best", 0.0, "worse_in_a_row", 0.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOptimizerWithoutStateNeedsNoCodeForIt() {
    record Plain(double learningRate) implements Optimizer {
      @Override
      public void step(ParameterVector parameters) {
        parameters.values().subi(parameters.gradients().mul(learningRate));
      }
    }
    Optimizer plain = new Plain(0.1);
    ParameterVector parameters = vector(FLOAT, 3);
    plain.restore(plain.state(), parameters);
    OptimizerState foreign = after(Optimizers.adam(), parameters);
    assertThatThrownBy(() -> plain.restore(foreign, parameters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("override state() and restore()");
  }

  @Test
  void aNetworkWithoutParametersHasAStateToo() {
    ParameterVector empty = ParameterVector.pack(FLOAT, List.of());
    Optimizer resumed = Optimizers.adam();
    resumed.restore(after(Optimizers.adam(), empty), empty);
    resumed.step(empty);
    assertThat(resumed.state().steps()).isEqualTo(2);
  }
}
