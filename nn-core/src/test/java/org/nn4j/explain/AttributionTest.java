package org.nn4j.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Parameter;
import org.nn4j.activation.Activations;
import org.nn4j.model.Network;

class AttributionTest {
  private static final double[] X = {0.5, -1.2, 2, 0.1};
  private static final double[] ZEROS = new double[4];

  private static Network network(Activation hidden, DataType type) {
    return Network.builder(4)
        .dense(6, hidden)
        .batchNormalization()
        .dropout(0.5)
        .dense(5, hidden)
        .dense(3, softmax())
        .dataType(type)
        .seed(3)
        .build();
  }

  private static double output(Network network, double[] x, int k) {
    return network.predict(new double[][] {x})[0][k];
  }

  @Test
  void saliencyIsTheSlopeOfAnOutput() {
    Network network = network(tanh(), DOUBLE);
    try (Attribution attribution = Attribution.of(network)) {
      for (int k = 0; k < 3; k++) {
        double[] found = attribution.saliency(X, k);
        for (int i = 0; i < X.length; i++) {
          double[] more = X.clone();
          double[] less = X.clone();
          more[i] += 1e-5;
          less[i] -= 1e-5;
          double slope = (output(network, more, k) - output(network, less, k)) / 2e-5;
          assertThat(found[i]).isCloseTo(slope, within(1e-8));
        }
      }
    }
  }

  /** A linear network has the same slope everywhere: a_i = w_i (x_i − b_i). */
  @Test
  void integratedGradientsOfALinearNetworkAreItsTerms() {
    Network network = Network.builder(2).dense(1, identity()).dataType(DOUBLE).build();
    network.parameters().setValues(Nd4j.createFromArray(3.0, -2.0, 0.5));
    try (Attribution attribution = Attribution.of(network)) {
      assertThat(attribution.integratedGradients(new double[] {1, 4}, new double[] {-1, 1}, 0, 1))
          .containsExactly(new double[] {6, -6}, Offset.offset(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "gelu", "sigmoid", "relu"})
  void attributionsSumToTheDifferenceOfTheOutputs(String activation) {
    Activation hidden =
        switch (activation) {
          case "tanh" -> tanh();
          case "gelu" -> Activations.gelu();
          case "sigmoid" -> Activations.sigmoid();
          default -> relu();
        };
    Network network = network(hidden, DOUBLE);
    double[] baseline = {0.1, 0.2, -0.3, 0};
    double near = activation.equals("relu") ? 1e-3 : 1e-5; // ReLU has kinks between the steps
    try (Attribution attribution = Attribution.of(network)) {
      for (int k = 0; k < 3; k++) {
        double sum = Arrays.stream(attribution.integratedGradients(X, baseline, k, 300)).sum();
        assertThat(sum)
            .isCloseTo(output(network, X, k) - output(network, baseline, k), within(near));
      }
      assertThat(attribution.integratedGradients(X, X, 0, 7)).containsExactly(ZEROS, within(0.0));
    }
  }

  @Test
  void stepsInSeveralBatchesAreOneMean() {
    Network network = network(tanh(), DOUBLE);
    try (Attribution attribution = Attribution.of(network)) {
      assertThat(attribution.integratedGradients(X, ZEROS, 1, 5000))
          .containsExactly(attribution.integratedGradients(X, ZEROS, 1, 900), Offset.offset(1e-6));
    }
  }

  @Test
  void theNetworkStaysAsItIs() {
    Network network = network(relu(), FLOAT);
    double before = output(network, X, 0);
    Attribution attribution = Attribution.of(network);
    double[] found = attribution.saliency(X, 0);
    for (Parameter parameter : network.parameters()) {
      assertThat(parameter.gradient().sumNumber().doubleValue()).isZero();
    }
    assertThat(output(network, X, 0)).isEqualTo(before);
    network.parameters().get(0).value().assign(0);
    assertThat(attribution.saliency(X, 0)).isEqualTo(found);
    assertThat(attribution.offHeapBytes()).isPositive();
    attribution.close();
    assertThatThrownBy(() -> attribution.saliency(X, 0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void samplesAndSettingsAreChecked() {
    try (Attribution attribution = Attribution.of(network(tanh(), DOUBLE))) {
      assertThatThrownBy(() -> attribution.saliency(new double[3], 0))
          .hasMessageStartingWith(
              "Attribution: expected x of 4 elements [4], found 3 elements; pass all elements of"
                  + " one sample");
      assertThatThrownBy(() -> attribution.saliency(X, 3))
          .hasMessage(
              "Attribution: expected an output from 0 to 2, found 3; count the outputs from 0");
      assertThatThrownBy(() -> attribution.saliency(new double[] {0, 0, Double.NaN, 0}, 0))
          .hasMessage(
              "Attribution: expected finite elements of x, found NaN; replace missing values first");
      assertThatThrownBy(() -> attribution.integratedGradients(X, new double[5], 0, 9))
          .hasMessageContaining("baseline of 4 elements");
      assertThatThrownBy(() -> attribution.integratedGradients(X, ZEROS, 0, 0))
          .hasMessageContaining("number of steps");
    }
  }
}
