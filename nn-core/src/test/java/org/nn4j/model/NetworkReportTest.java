package org.nn4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.Near.doubles;
import static org.nn4j.Near.random;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.ShapeMismatchException;
import org.nn4j.init.Initializers;
import org.nn4j.loss.Losses;
import org.nn4j.persistence.Pieces;

class NetworkReportTest {
  /** Unit 0 is max(x, 0), unit 1 max(−x, 0), unit 2 dead. */
  private static Network byHand() {
    INDArray weights = Nd4j.createFromArray(new double[][] {{1, -1, 0}});
    return Network.builder(1)
        .dense(3, relu(), Initializers.given(weights))
        .dataType(DOUBLE)
        .build();
  }

  @Test
  void statisticsAreThoseWorkedOutByHand() {
    // Activations [[2, 0, 0], [0, 4, 0]]: mean 1, mean of squares 20 / 6, 4 of 6 zero.
    INDArray x = Nd4j.createFromArray(new double[][] {{2}, {-4}});
    LayerReport layer = NetworkReport.of(byHand(), x).layers().get(0);
    LayerReport.Statistics a = layer.activation();
    assertThat(a.mean()).isEqualTo(1, within(1e-15));
    assertThat(a.deviation()).isEqualTo(Math.sqrt(20.0 / 6 - 1), within(1e-15));
    assertThat(a.zeros()).isEqualTo(4.0 / 6, within(1e-15));
    assertThat(a.dead()).isEqualTo(1.0 / 3, within(1e-15));
    assertThat(doubles(layer.activations())).containsExactly(2, 0, 0, 0, 4, 0);
    assertThat(layer.outputGradient()).isEmpty();
  }

  @Test
  void gradientsAreThoseOfTheLoss() {
    // L = mean over 2 samples of Σ a² / 1: dA = 2 a / 2 = [[2, 0, 0], [0, 4, 0]].
    INDArray x = Nd4j.createFromArray(new double[][] {{2}, {-4}});
    Network network = byHand();
    LayerReport layer =
        NetworkReport.of(network, x, Nd4j.zeros(DOUBLE, 2, 3), Losses.squaredError())
            .layers()
            .get(0);
    assertThat(layer.outputGradient().orElseThrow().mean()).isEqualTo(1, within(1e-15));
    assertThat(layer.outputGradient().orElseThrow().dead()).isEqualTo(1.0 / 3, within(1e-15));
    // dW = [4, -16, 0], db = [2, 4, 0]: mean -1, 2 of 6 zero.
    LayerReport.Statistics parameters = layer.parameterGradient().orElseThrow();
    assertThat(parameters.mean()).isEqualTo(-1, within(1e-15));
    assertThat(parameters.zeros()).isEqualTo(2.0 / 6, within(1e-15));
  }

  @Test
  void nothingIsLeftBehind() {
    Network network = Pieces.everyLayer(DOUBLE);
    double[] values = doubles(network.parameters().values());
    double[] gradients = doubles(network.parameters().gradients());
    INDArray x = random(1, 5, 2, 3);
    INDArray y = random(2, 5, 3);
    softmax().forward(y, y);
    NetworkReport.of(network, x);
    NetworkReport report = NetworkReport.of(network, x, y, Losses.crossEntropy());
    assertThat(doubles(network.parameters().values())).isEqualTo(values);
    assertThat(doubles(network.parameters().gradients())).isEqualTo(gradients);
    LayerReport last = report.layers().get(report.layers().size() - 1);
    assertThat(last.activations().sum(1).getDouble(3)).isEqualTo(1, within(1e-12));
    assertThat(last.layer()).contains("identity");
  }

  @Test
  void activationsOfOneSampleAreThoseOfPredict() {
    Network network = Pieces.everyLayer(DOUBLE);
    INDArray x = random(1, 1, 2, 3);
    NetworkReport report = NetworkReport.of(network, x);
    assertThat(report.layers())
        .extracting(LayerReport::path)
        .contains("layers.0", "layers.2.layers.0", "layers.2.layers.2", "layers.11")
        .hasSize(14);
    assertThat(doubles(report.layers().get(13).activations()))
        .isEqualTo(doubles(network.predict(x)));
    assertThatThrownBy(() -> NetworkReport.of(network, random(1, 1, 3)))
        .isInstanceOf(ShapeMismatchException.class);
  }

  @Test
  void theTextIsATable() {
    INDArray x = Nd4j.createFromArray(new double[][] {{2}});
    assertThat(NetworkReport.of(byHand(), x))
        .hasToString(
            """
            layer                           mean  deviation  zeros  dead  activations
            layers.0  Dense(1 -> 3, relu)  0.667      0.943   67 %  67 %  2.00 0.00 0.00""");
    INDArray batch = Nd4j.createFromArray(new double[][] {{2}, {-4}});
    assertThat(
            NetworkReport.of(byHand(), batch, Nd4j.zeros(DOUBLE, 2, 3), Losses.squaredError())
                .toString())
        .contains("dA mean", "dθ mean")
        .doesNotContain("activations");
  }
}
