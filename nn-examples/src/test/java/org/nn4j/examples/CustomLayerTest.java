package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.contract.LayerContract;
import org.nn4j.model.Network;

class CustomLayerTest {
  @Test
  void theLayerKeepsTheContractOfAllLayers() {
    LayerContract.check(new RadialBasis.Spec(4, 0.7), Shape.of(3));
  }

  @Test
  void itsGradientsAreRightAndItLearnsAndIsSaved() {
    List<String> lines = Captured.output(CustomLayerTest::run).lines().toList();
    assertThat(lines.get(0)).startsWith("gradient check passed: 39 gradients");
    assertThat(lines).anyMatch(line -> line.startsWith("RadialBasis(2 -> 12, gamma 1.0)"));
    List<String> answers =
        lines.stream()
            .filter(line -> line.contains("ing [["))
            .map(l -> l.replaceFirst("^[a-z ]+", ""))
            .toList();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).isEqualTo(answers.get(1));
    assertThat(lines.get(lines.size() - 1))
        .matches("validation accuracy: (9[89]\\.\\d\\d|100\\.00) %");
  }

  private static void run() {
    try {
      CustomLayer.main(new String[0]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itSaysWhatIsWrong() {
    assertThatThrownBy(() -> new RadialBasis.Spec(0, 1))
        .hasMessage("RadialBasis: expected a positive number of units, found 0; pass 1 or more");
    assertThatThrownBy(() -> new RadialBasis.Spec(1, 0))
        .hasMessage(
            "RadialBasis: expected a positive, finite gamma, found 0.0; pass a number above 0");
    assertThatThrownBy(
            () -> Network.builder(2, 2).layer(new RadialBasis.Spec(3, 1)).dense(1).build())
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("expected an input of one dimension, [in], found [2, 2]; put a");
  }
}
