package org.nn4j.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Pass;
import org.nn4j.SeededRandom;
import org.nn4j.Shape;
import org.nn4j.docs.Maths;
import org.nn4j.layer.Layers;

/** The variances of docs/maths.md, measured on signals that pass through layers. */
class VarianceEquationsTest {
  private static final int ROWS = 300;
  private static final int IN = 200;
  private static final int OUT = 100;
  private static final double DEVIATION = 0.07;

  private final Layer layer =
      Layers.dense(OUT, identity(), Initializers.normal(0, DEVIATION), Initializers.zeros())
          .build(Shape.of(IN), DOUBLE, new SeededRandom(1));
  private final Pass pass = Pass.training();
  private final INDArray x = random(2, ROWS, IN).muli(1.5).addi(0.5);
  private final INDArray z = layer.forward(x, pass);

  private static double meanSquare(INDArray array) {
    double sum = 0;
    for (double value : doubles(array)) {
      sum += value * value;
    }
    return sum / array.length();
  }

  @Test
  @Maths({
    "(M74) Var z = in · Var w · E x²",
    "(M75) E a² = Var z / 2",
    "(M76) Var dx = out · Var w · Var dz"
  })
  void signalsAndGradientsVaryAsTheSumsSay() {
    double varZ = IN * DEVIATION * DEVIATION * meanSquare(x);
    assertThat(meanSquare(z)).isEqualTo(varZ, within(0.1 * varZ));

    INDArray a = z.ulike();
    relu().forward(z, a);
    assertThat(meanSquare(a)).isEqualTo(varZ / 2, within(0.1 * varZ));

    INDArray dZ = random(3, ROWS, OUT).muli(2);
    double varDx = OUT * DEVIATION * DEVIATION * meanSquare(dZ);
    assertThat(meanSquare(layer.backward(dZ, pass))).isEqualTo(varDx, within(0.05 * varDx));
  }
}
