package org.nn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nn4j.SeededRandom;

class ExpTest {
  @Test
  void isTheExponentialFunction() {
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 200_000; i++) {
      double x = (random.nextDouble() - 0.5) * Math.pow(10, 4 * random.nextDouble() - 1);
      double expected = Math.exp(x);
      double error = Math.abs(Exp.exp(x) - expected);
      assertThat(error <= 1e-10 * expected || Exp.exp(x) == expected).as("e^%s", x).isTrue();
    }
  }

  @Test
  void endsWhereDoublesEnd() {
    assertThat(Exp.exp(0)).isEqualTo(1);
    assertThat(Exp.exp(-1000)).isZero();
    assertThat(Exp.exp(1000)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Exp.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Exp.exp(Double.NaN)).isNaN();
  }

  @Test
  void tanhIsExactToWhatAFloatResolves() {
    SeededRandom random = new SeededRandom(2);
    for (int i = 0; i < 200_000; i++) {
      double x = (random.nextDouble() - 0.5) * Math.pow(10, 8 * random.nextDouble() - 6);
      double expected = StrictMath.tanh(x);
      double error = Math.abs(Exp.tanh(x) - expected);
      assertThat(error <= 6e-9 * Math.abs(expected)).as("tanh %s", x).isTrue();
    }
    assertThat(Exp.tanh(0)).isZero();
    assertThat(Exp.tanh(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Exp.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Exp.tanh(Double.NaN)).isNaN();
  }
}
