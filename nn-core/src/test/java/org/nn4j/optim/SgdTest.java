package org.nn4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.doubles;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Parameter;
import org.nn4j.ParameterVector;

class SgdTest {
  @Test
  void stepsAgainstTheGradientAndLeavesFrozenParametersAlone() {
    Parameter moving = new Parameter("w", Parameter.Role.WEIGHT, Nd4j.createFromArray(1.0, 2.0));
    Parameter frozen = new Parameter("b", Parameter.Role.BIAS, Nd4j.createFromArray(3.0));
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(List.of(moving, frozen)));
    vector.gradients().assign(Nd4j.createFromArray(1.0, -2.0, 5.0));
    frozen.freeze(true);
    Optimizers.sgd(0.5).step(vector);
    assertThat(doubles(vector.values())).containsExactly(0.5, 3, 3);
    frozen.freeze(false);
    Optimizers.sgd(0.5).step(vector);
    assertThat(doubles(vector.values())).containsExactly(0, 4, 0.5);
    assertThat(doubles(vector.gradients())).containsExactly(1, -2, 5);
    assertThat(Optimizers.sgd(3.0).learningRate()).isEqualTo(3.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesARateThatIsNotPositive(double rate) {
    assertThatThrownBy(() -> Optimizers.sgd(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Sgd: expected a positive, finite learning rate, found "
                + rate
                + "; pass a number above 0");
  }
}
