package org.nn4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erfc;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.SeededRandom;

class FunctionsTest {
  @Test
  void isTheExponentialFunction() {
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 200_000; i++) {
      double x = (random.nextDouble() - 0.5) * Math.pow(10, 4 * random.nextDouble() - 1);
      double expected = Math.exp(x);
      double error = Math.abs(Functions.exp(x) - expected);
      assertThat(error <= 1e-10 * expected || Functions.exp(x) == expected).as("e^%s", x).isTrue();
    }
  }

  @Test
  void endsWhereDoublesEnd() {
    assertThat(Functions.exp(0)).isEqualTo(1);
    assertThat(Functions.exp(-1000)).isZero();
    assertThat(Functions.exp(1000)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Functions.exp(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(Functions.exp(Double.NaN)).isNaN();
  }

  @Test
  void tanhIsExactToWhatAFloatResolves() {
    SeededRandom random = new SeededRandom(2);
    for (int i = 0; i < 200_000; i++) {
      double x = (random.nextDouble() - 0.5) * Math.pow(10, 8 * random.nextDouble() - 6);
      double expected = StrictMath.tanh(x);
      double error = Math.abs(Functions.tanh(x) - expected);
      assertThat(error <= 6e-9 * Math.abs(expected)).as("tanh %s", x).isTrue();
    }
    assertThat(Functions.tanh(0)).isZero();
    assertThat(Functions.tanh(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Functions.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Functions.tanh(Double.NaN)).isNaN();
  }

  @Test
  void theNormalDistributionIsExactToWhatAFloatResolves() {
    SeededRandom random = new SeededRandom(3);
    float[] floats = new float[10_000];
    double[] xs = new double[floats.length];
    for (int i = 0; i < xs.length; i++) {
      floats[i] = (float) (18 * random.nextDouble() - 9);
      xs[i] = floats[i];
    }
    double[] cumulative = Functions.normalCumulative(floats, floats.length);
    double[] densities = Functions.normalDensity(floats, floats.length);
    INDArray erfc = Nd4j.createFromArray(xs).divi(-Math.sqrt(2));
    Nd4j.exec(new Erfc(erfc, erfc));
    for (int i = 0; i < xs.length; i++) {
      double x = xs[i];
      double expected = erfc.getDouble(i) / 2;
      assertThat(Math.abs(cumulative[i] - expected)).as("Φ(%s)", x).isLessThan(1.3e-7 * expected);
      assertThat(Math.abs(Functions.preciseNormalCumulative(x) - expected))
          .as("Φ(%s)", x)
          .isLessThan(1e-13 * expected);
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      assertThat(Math.abs(densities[i] - density)).isLessThan(1e-9 * density);
    }
    double[] special = Functions.normalCumulative(new float[] {100, -100, Float.NaN}, 3);
    assertThat(special).startsWith(1, 0, Double.NaN);
    assertThat(Functions.preciseNormalCumulative(100)).isEqualTo(1);
    assertThat(Functions.preciseNormalCumulative(-100)).isZero();
    assertThat(Functions.preciseNormalCumulative(Double.NaN)).isNaN();
  }

  @Test
  void theFunctionsOfSoftplusAreExactToWhatAFloatResolves() {
    SeededRandom random = new SeededRandom(4);
    float[] xs = new float[10_000];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, 8 * random.nextDouble() - 6));
    }
    double[] logs = Functions.logOfOnePlusExp(xs, xs.length);
    for (int i = 0; i < xs.length; i++) {
      double size = Math.abs(xs[i]);
      double log = Math.log1p(Math.exp(-size));
      assertThat(Math.abs(logs[i] - log))
          .as("log(1 + e^-%s)", size)
          .isLessThanOrEqualTo(1e-10 * log);
      double rest = -Math.expm1(-size);
      assertThat(Math.abs(Functions.oneMinusExp(size) - rest))
          .as("1 - e^-%s", size)
          .isLessThanOrEqualTo(1e-15 * rest);
    }
    float[] special = {1000, Float.NEGATIVE_INFINITY, Float.NaN};
    assertThat(Functions.logOfOnePlusExp(special, special.length)).startsWith(0, 0, Double.NaN);
    assertThat(Functions.oneMinusExp(0)).isZero();
    assertThat(Functions.oneMinusExp(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Functions.oneMinusExp(Double.NaN)).isNaN();
  }
}
