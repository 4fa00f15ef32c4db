package org.nn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Parameter.Role;

class ParameterVectorTest {
  private final Parameter weight =
      new Parameter("weight", Role.WEIGHT, Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
  private final Parameter bias = new Parameter("bias", Role.BIAS, Nd4j.createFromArray(5.0, 6.0));
  private final Parameter other =
      new Parameter("weight", Role.WEIGHT, Nd4j.createFromArray(new double[][] {{7}}));

  @Test
  void packsValuesInOrderAndParametersBecomeViews() {
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(List.of(weight, bias)));
    assertThat(doubles(vector.values())).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(vector.length()).isEqualTo(6);
    assertThat(vector.dataType()).isEqualTo(DOUBLE);
    assertThat(vector).containsExactly(weight, bias);

    vector.values().putScalar(3, 40);
    assertThat(weight.value().getDouble(1, 1)).isEqualTo(40);
    bias.gradient().addi(1);
    assertThat(doubles(vector.gradients())).containsExactly(0, 0, 0, 0, 1, 1);
    vector.zeroGrad();
    assertThat(doubles(bias.gradient())).containsExactly(0, 0);
  }

  @Test
  void replacesAllGradientsAlsoAfterZeroGrad() {
    ParameterVector vector = ParameterVector.pack(DOUBLE, List.of(List.of(weight, bias)));
    vector.zeroGrad();
    vector.setGradients(Nd4j.createFromArray(1.0, 2, 3, 4, 5, 6));
    assertThat(doubles(vector.gradients())).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aNestedVectorBecomesARangeOfTheOuterOne() {
    ParameterVector inner = ParameterVector.pack(DOUBLE, List.of(List.of(weight), List.of(bias)));
    ParameterVector outer = ParameterVector.pack(DOUBLE, List.of(List.of(other), inner));
    assertThat(doubles(outer.values())).containsExactly(7, 1, 2, 3, 4, 5, 6);
    outer.values().putScalar(1, 10);
    assertThat(inner.values().getDouble(0)).isEqualTo(10);
    assertThat(weight.value().getDouble(0)).isEqualTo(10);
    inner.gradients().assign(3);
    assertThat(doubles(outer.gradients())).containsExactly(0, 3, 3, 3, 3, 3, 3);
  }

  @Test
  void mayBeEmpty() {
    ParameterVector vector = ParameterVector.pack(FLOAT, List.of(List.of()));
    vector.zeroGrad();
    assertThat(vector).isEmpty();
    assertThat(vector.length()).isZero();
    assertThat(ParameterVector.pack(FLOAT, List.of(vector)).length()).isZero();
  }

  @Test
  void refusesAParameterTwiceOrOfAnotherType() {
    assertThatThrownBy(() -> ParameterVector.pack(DOUBLE, List.of(List.of(bias), List.of(bias))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ParameterVector: expected each parameter once, found bias [2] twice; build another layer for"
                + " each place in the network");
    assertThatThrownBy(() -> ParameterVector.pack(FLOAT, List.of(List.of(bias))))
        .hasMessage(
            "ParameterVector: expected parameters of data type FLOAT, found bias [2] of DOUBLE; create"
                + " parameters of the type that is passed to LayerSpec.build");
  }
}
