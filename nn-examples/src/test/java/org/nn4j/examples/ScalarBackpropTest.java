package org.nn4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalarBackpropTest {
  @Test
  void walksThroughTheGradientsAndTheStep() {
    assertThat(Captured.output(() -> ScalarBackprop.main(new String[0])))
        .contains("z3 = y - z2 = 1.27", "L  = z3^2   = 1.6129")
        .contains("z3.grad 2.54           (power rule: L = z3^2, so times 2 z3)")
        .contains("z2.grad -2.54          (difference: z3 falls as z2 rises, so times -1)")
        .contains("b.grad -2.54           (sum: handed on unchanged)")
        .contains("w.grad -5.08           (product: times the other factor, x = 2)")
        .contains("w = 0.754", "b = 0.427", "L = 0.4032             (smaller than 1.6129)");
  }
}
