package org.nn4j.examples.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.examples.cli.ModelOption;
import org.nn4j.mnist.digits.DigitImage;
import org.nn4j.model.Network;

class DigitExplainerTest {
  private static final double STEP = 0.002;

  private static DigitImage drawn(String strokes) {
    return Drawing.read(strokes.getBytes(UTF_8)).digit();
  }

  @Test
  void theExplanationIsOfTheNetworkAndTheDigit() throws Exception {
    DigitImage seven = drawn("[[60, 60, 200, 60, 120, 240]]");
    try (Network network =
        Network.builder(784).dense(20, relu()).dense(10, softmax()).seed(1).build()) {
      network.setInfo(ModelOption.info("MNIST"));
      Map<String, Object> explanation;
      try (DigitExplainer explainer = new DigitExplainer(network)) {
        explanation = explainer.explain(seven);
      }
      double[] outputs = network.predict(seven.toArray()).toDoubleVector();
      List<?> probabilities = list(explanation, "probabilities");
      List<?> layers = list(explanation, "layers");
      assertThat(layers).hasSize(2);
      assertThat((Map<?, ?>) layers.get(0)).asString().contains("Dense(784 -> 20, relu)");
      List<?> last = list((Map<?, ?>) layers.get(1), "activations");
      int best = 0;
      for (int k = 0; k < outputs.length; k++) {
        assertThat((double) probabilities.get(k)).isCloseTo(outputs[k], within(1e-5));
        assertThat((float) last.get(k)).isCloseTo((float) outputs[k], within(1e-5f));
        best = outputs[k] > outputs[best] ? k : best;
      }
      assertThat(explanation)
          .containsEntry("label", String.valueOf(best))
          .containsEntry("doubt", "");
      assertThat(explanation.get("pixels")).asInstanceOf(LIST).hasSize(784).contains(0, 255);
      assertSlopes(list(explanation, "saliency"), network, seven, best);
    }
  }

  private static List<?> list(Map<?, ?> explanation, String name) {
    return (List<?>) Objects.requireNonNull(explanation.get(name));
  }

  /** The slopes are those of the score before softmax over a short distance. */
  private static void assertSlopes(
      List<?> saliency, Network network, DigitImage digit, int output) {
    assertThat(saliency).hasSize(784);
    Network scores = network.withoutActivation();
    for (int pixel = 100; pixel < 700; pixel += 150) {
      double[] score = new double[2];
      for (int side = 0; side < 2; side++) {
        INDArray x = digit.toArray();
        x.putScalar(pixel, x.getDouble(pixel) + (side - 0.5) * STEP);
        score[side] = scores.predict(x).getDouble(output);
      }
      assertThat((float) saliency.get(pixel))
          .isCloseTo((float) ((score[1] - score[0]) / STEP), within(0.01f));
    }
  }

  @Test
  void whatIsNoDigitIsDoubted() throws Exception {
    DigitImage four =
        drawn("[[60, 60, 60, 70], [200, 60, 200, 70], [60, 200, 60, 210], [200, 200]]");
    try (Network network = Network.builder(784).dense(10, softmax()).seed(1).build();
        DigitExplainer explainer = served(network)) {
      assertThat(explainer.explain(four))
          .containsEntry("doubt", "there are 4 pieces of ink, and a digit has one or two");
    }
  }

  private static DigitExplainer served(Network network) throws Exception {
    network.setInfo(ModelOption.info("MNIST"));
    return new DigitExplainer(network);
  }
}
