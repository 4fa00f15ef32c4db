package org.nn4j.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.tanh;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.docs.Maths;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;

/** The equations of docs/maths.md for the gradient check, computed here by themselves. */
class DifferenceEquationsTest {
  private static final double H = 1e-3;

  private final Network network =
      Network.builder(3).dense(4, tanh()).dense(2).dataType(DOUBLE).seed(1).build();
  private final INDArray values = network.parameters().values();
  private final INDArray x = random(1, 5, 3);
  private final INDArray y = random(2, 5, 2);
  private final Loss loss = Losses.squaredError();

  private double f(long i, double turn) {
    double before = values.getDouble(i);
    values.putScalar(i, before + turn);
    double value =
        loss.forward(network.forward(x, network.trainingPass()), y, network.trainingPass());
    values.putScalar(i, before);
    return value;
  }

  @Test
  @Maths({
    "(M83) ∂f/∂θ ≈ (f(θ − 2h) − 8 f(θ − h) + 8 f(θ + h) − f(θ + 2h)) / (12 h)",
    "(M84) error = |analytic − numeric| / max(|analytic|, |numeric|, floor)"
  })
  void aSmallTurnOfEachWeightTurnsTheLossAsItsGradientSays() {
    Pass pass = network.trainingPass();
    loss.forward(network.forward(x, network.trainingPass()), y, pass);
    network.backward(loss.backward(pass), network.trainingPass());
    INDArray gradients = network.parameters().gradients();
    double floor = 1e-3 * gradients.amaxNumber().doubleValue();
    double worst = 0;
    for (long i = 0; i < values.length(); i++) {
      double numeric = (f(i, -2 * H) - 8 * f(i, -H) + 8 * f(i, H) - f(i, 2 * H)) / (12 * H);
      double analytic = gradients.getDouble(i);
      double largest = Math.max(Math.abs(analytic), Math.abs(numeric));
      worst = Math.max(worst, Math.abs(analytic - numeric) / Math.max(largest, floor));
    }
    assertThat(worst).isLessThan(1e-9);
    assertThat(GradientCheck.check(network, loss, x, y).maxError()).isEqualTo(worst, within(1e-8));
  }
}
