package org.nn4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nn4j.Parameter;
import org.nn4j.Parameter.Role;
import org.nn4j.ParameterVector;

class PackedParametersTest {
  private final Parameter weight = new Parameter("weight", Role.WEIGHT, random(1, DOUBLE, 2, 2));
  private final Parameter bias = new Parameter("bias", Role.BIAS, random(2, DOUBLE, 2));
  private final Parameter other = new Parameter("other", Role.WEIGHT, random(3, DOUBLE, 1, 1));
  private final ParameterVector vector =
      ParameterVector.pack(DOUBLE, List.of(List.of(weight, bias), List.of(other)));
  private final PackedParameters packed = PackedParameters.of(vector);

  @Test
  void frozenParametersAreNotTrainedAndNeighborsAreJoined() {
    assertThat(packed.trained()).containsExactly(new Range(0, 7));
    assertThat(packed.trained().get(0).of(vector.values())).isSameAs(vector.values());
    bias.freeze(true);
    assertThat(packed.trained()).containsExactly(new Range(0, 4), new Range(6, 7));
    assertThat(doubles(packed.trained().get(1).of(vector.values())))
        .containsExactly(doubles(other.value()));
    bias.freeze(false);
    assertThat(packed.trained()).containsExactly(new Range(0, 7));
  }

  @Test
  void trainedGradientsAreMadeAgainWhenAParameterIsFrozen() {
    vector.gradients().assign(3);
    assertThat(packed.trainedGradients()).containsExactly(vector.gradients());
    weight.freeze(true);
    assertThat(doubles(packed.trainedGradients().get(0))).containsExactly(3, 3, 3);
    assertThat(packed.trainedGradients()).isSameAs(packed.trainedGradients());
    packed.trainedGradients().get(0).assign(4);
    assertThat(doubles(vector.gradients())).containsExactly(3, 3, 3, 3, 4, 4, 4);
  }

  @Test
  void trainedGradientsFollowAVectorThatBecomesARangeOfAnother() {
    weight.freeze(true);
    assertThat(packed.trainedGradients()).hasSize(1);
    ParameterVector outer = ParameterVector.pack(DOUBLE, List.of(vector));
    outer.gradients().assign(5);
    assertThat(doubles(packed.trainedGradients().get(0))).containsExactly(5, 5, 5);
  }

  @Test
  void aClosedVectorIsRefused() {
    vector.close();
    assertThatThrownBy(packed::beginUse)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Network: expected to be open, found closed; close a network"
                + " after its last use, or make a copy()");
    assertThatThrownBy(packed::trainedGradients).hasMessageStartingWith("Network: expected");
    assertThatThrownBy(() -> GradientSum.of(weight)).hasMessageStartingWith("Parameter weight:");
  }

  @Test
  void nothingIsTrainedWithoutParameters() {
    ParameterVector empty = ParameterVector.pack(FLOAT, List.of(List.of()));
    assertThat(PackedParameters.of(empty).trained()).isEmpty();
    assertThat(PackedParameters.of(empty).trainedGradients()).isEmpty();
  }
}
