package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalarBackpropTest {
  @Test
  void walksThroughTheGradientsAndTheStep() {
    assertThat(Captured.output(() -> ScalarBackprop.main(new String[0])))
        .contains("z3 = y - z2 = 1.27", "L  = z3^2   = 1.6129")
        .contains("z3.grad = 2.54", "z2.grad = -2.54", "b.grad = -2.54", "w.grad = -5.08")
        .contains("w = 0.754, b = 0.427", "L = 0.4032");
  }
}
