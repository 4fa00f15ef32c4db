package org.nn4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.Activation;
import org.nn4j.Parameter;
import org.nn4j.data.Dataset;
import org.nn4j.estimator.Classifier;
import org.nn4j.init.Initializers;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Metrics;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

class TemperatureScalingTest {
  /** The logits are (3 x, −3 x), far too certain: every fourth sample is of the other class. */
  private static Network certain(Activation last) {
    INDArray weight = Nd4j.createFromArray(new double[][] {{3, -3}});
    return Network.builder(1).dense(2, last, Initializers.given(weight)).seed(1).build();
  }

  private static Dataset data() {
    double[][] x = new double[40][1];
    int[] classes = new int[40];
    for (int i = 0; i < x.length; i++) {
      x[i][0] = i % 2 == 0 ? 1 : -1;
      classes[i] = i % 8 < 2 ? 1 - i % 2 : i % 2;
    }
    return Dataset.ofLabels(x, classes, 2);
  }

  @Test
  void aNetworkInTrainingIsNotChanged() {
    Network network = certain(softmax());
    TemperatureScaling scaling = TemperatureScaling.fit(network, data());
    INDArray before = network.parameters().values().dup();
    NetworkAccess.Scope training = NetworkAccess.get().claimForTraining(network);
    assertThatThrownBy(() -> CompletableFuture.runAsync(() -> scaling.applyTo(network)).join())
        .hasCauseInstanceOf(IllegalStateException.class);
    training.end();
    assertThat(network.parameters().values()).isEqualTo(before);
    scaling.applyTo(network);
    assertThat(network.parameters().values()).isNotEqualTo(before);
  }

  @Test
  void byHand() {
    // 3 of 4 samples are right: softmax(6 / T) must be 0.75, so 6 / T = ln 3.
    for (Activation last : List.of(softmax(), identity())) {
      Network network = certain(last);
      TemperatureScaling scaling = TemperatureScaling.fit(network, data());
      assertThat(scaling.temperature()).isEqualTo(6 / Math.log(3), within(1e-6));
      scaling.applyTo(network);
      assertThat(TemperatureScaling.fit(network, data()).temperature()).isEqualTo(1, within(1e-6));
    }
    // Independent sigmoids: 3 / T = ln 3.
    assertThat(TemperatureScaling.fit(certain(sigmoid()), data()).temperature())
        .isEqualTo(3 / Math.log(3), within(1e-6));
  }

  @Test
  void oneOutputAndWeights() {
    Network network =
        Network.builder(1)
            .dense(1, sigmoid(), Initializers.given(Nd4j.createFromArray(new double[][] {{5}})))
            .dataType(DataType.DOUBLE)
            .build();
    double[][] x = {{1}, {1}};
    double[][] y = {{1}, {0}};
    Dataset weighted = Dataset.of(x, y).withWeights(4, 1);
    assertThat(TemperatureScaling.fit(network, weighted).temperature())
        .isEqualTo(5 / Math.log(4), within(1e-12));
  }

  @Test
  void theSavedModelIsCalibrated(@TempDir Path folder) throws Exception {
    Network network = certain(softmax());
    network.setInfo(ModelInfo.none().withClassLabels("left", "right"));
    Evaluator evaluator =
        Evaluator.of(network)
            .loss(Losses.crossEntropy())
            .metrics(Metrics.calibrationError(), Metrics.accuracy());
    var before = evaluator.evaluate(data());
    INDArray gradients = network.parameters().gradients().dup();
    TemperatureScaling.fit(network, data()).applyTo(network);
    var after = evaluator.evaluate(data());
    assertThat(before.value(Metrics.calibrationError())).isGreaterThan(0.2);
    assertThat(after.value(Metrics.calibrationError())).isLessThan(1e-6);
    assertThat(after.loss()).isLessThan(before.loss());
    assertThat(after.value(Metrics.accuracy())).isEqualTo(before.value(Metrics.accuracy()));
    assertThat(network.parameters().gradients()).isEqualTo(gradients);
    Path file = folder.resolve("model.safetensors");
    ModelFiles.save(network, file);
    try (Classifier classifier = Classifier.load(file)) {
      assertThat(classifier.predict(1f).probability("left")).isEqualTo(0.75, within(1e-6));
    }
  }

  @Test
  void hiddenLayersAndBiasesOfNestedNetworks() {
    Network network =
        Network.builder(1)
            .dense(3, relu())
            .layer(Network.builder(3).dense(2, softmax()).spec())
            .seed(2)
            .build();
    List<Parameter> parameters = network.parameters();
    for (Parameter parameter : parameters) {
      parameter.value().addi(0.5);
    }
    INDArray hidden = parameters.get(0).value().dup();
    INDArray weight = parameters.get(2).value().dup();
    INDArray bias = parameters.get(3).value().dup();
    new TemperatureScaling(2).applyTo(network);
    assertThat(parameters.get(0).value()).isEqualTo(hidden);
    assertThat(parameters.get(2).value()).isEqualTo(weight.div(2));
    assertThat(parameters.get(3).value()).isEqualTo(bias.div(2));
  }

  @Test
  void whatHasNoTemperatureIsRefused() {
    double[][] x = {{1}, {-1}};
    Network network = certain(softmax());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(network, Dataset.ofLabels(x, new int[] {0, 1}, 2)))
        .withMessage(
            "TemperatureScaling: expected validation data with misclassified samples,"
                + " found a cross-entropy that falls with every smaller temperature; use more"
                + " validation data");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(network, Dataset.ofLabels(x, new int[] {1, 0}, 2)))
        .withMessageContaining("expected outputs better than chance");
    network.parameters().get(0).value().assign(Double.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TemperatureScaling.fit(network, data()))
        .withMessageContaining("NaN or an infinite one for the sample at index 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TemperatureScaling.fit(
                    Network.builder(1).dense(2).activation(softmax()).build(), data()))
        .withMessageStartingWith(
            "TemperatureScaling: expected a dense layer at the end of the network, found");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TemperatureScaling.fit(Network.builder(1).dense(2, relu()).build(), data()))
        .withMessageContaining("softmax, sigmoid or no activation at the end of the network");
    assertThatIllegalArgumentException().isThrownBy(() -> new TemperatureScaling(0));
  }
}
