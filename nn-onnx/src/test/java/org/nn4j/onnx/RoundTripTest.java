package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.identity;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.sigmoid;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.loss.Losses.meanSquaredError;
import static org.nn4j.onnx.Networks.assertClose;
import static org.nn4j.optim.Optimizers.sgd;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.Layer;
import org.nn4j.data.Dataset;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.estimator.Classifier;
import org.nn4j.estimator.Estimator;
import org.nn4j.estimator.Regressor;
import org.nn4j.layer.Layers;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.train.History;
import org.nn4j.train.Trainer;

/** Networks that are exported, imported and trained on. */
class RoundTripTest {
  private final Path folder;

  RoundTripTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Network again(Network network, OnnxOptions options) throws Exception {
    Path file = folder.resolve("network.onnx");
    Onnx.export(network, file, options);
    return Onnx.importNetwork(file);
  }

  private static void same(Network found, Network network, double tolerance) {
    assertThat(found.dataType()).isEqualTo(network.dataType());
    INDArray x = Networks.random(5, network.dataType(), network.inputShape().withBatch(3));
    assertClose(found.predict(x), network.predict(x), tolerance);
  }

  static LongStream seeds() {
    return LongStream.range(100, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomNetworks(long seed) throws Exception {
    int opset = 13 + (int) (seed % 12);
    for (DataType type : List.of(FLOAT, DOUBLE)) {
      Network network = Networks.random(seed, type);
      Network found = again(network, OnnxOptions.defaults().dataType(type).opset(opset));
      same(found, network, 1e-6);
      trains(found);
    }
  }

  private static void trains(Network network) {
    if (network.parameters().isEmpty()) {
      return;
    }
    INDArray x = Networks.random(6, network.dataType(), network.inputShape().withBatch(8));
    INDArray y = Networks.random(7, network.dataType(), network.outputShape().withBatch(8));
    History history =
        Trainer.builder(network)
            .loss(meanSquaredError())
            .optimizer(sgd(0.001))
            .batchSize(8)
            .epochs(2)
            .build()
            .fit(Dataset.of(x, y));
    assertThat(history.last().loss()).isFinite();
  }

  static List<Activation> activations() {
    return Networks.ACTIVATIONS;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void activationsOfDenseLayersStayThere(Activation activation) throws Exception {
    Network network = Networks.drawn(Network.builder(3).dense(4, activation), 1);
    for (int opset : new int[] {13, 17, 20, 24}) {
      Network found = again(network, OnnxOptions.defaults().opset(opset));
      assertThat(found.layers()).hasToString("[Dense(3 -> 4, " + activation + ")]");
      same(found, network, 0);
    }
  }

  @Test
  void layersAndSettingsStay() throws Exception {
    Network network =
        Networks.drawn(
            Network.builder(2, 3)
                .flatten()
                .layer(Layers.batchNormalization(0.01, 0.3))
                .dense(4, relu())
                .dropout(0.5)
                .layer(Layers.layerNormalization(0.02))
                .dense(2, softmax()),
            1);
    for (int opset : new int[] {13, 17}) {
      Network found = again(network, OnnxOptions.defaults().opset(opset));
      List<String> layers =
          network.layers().stream().map(Layer::toString).filter(l -> !l.contains("Drop")).toList();
      assertThat(found.layers().stream().map(Layer::toString)).containsExactlyElementsOf(layers);
      org.nn4j.layer.BatchNormalization norm =
          (org.nn4j.layer.BatchNormalization) found.layers().get(1);
      assertThat(norm.epsilon()).isEqualTo(0.01);
      assertThat(norm.momentum()).isCloseTo(0.3, org.assertj.core.data.Offset.offset(1e-7));
      same(found, network, 1e-6);
    }
  }

  private static Network ofFeatures(int outputs, Activation last) {
    int inputs = EstimatorExportTest.FEATURES.inputs().size();
    return Networks.drawn(Network.builder(inputs).dense(6, tanh()).dense(outputs, last), 3);
  }

  @Test
  void estimatorsYieldTheirNetworkAndItsInformation() throws Exception {
    Network scaled = Networks.drawn(Network.builder(3).dense(2, softmax()), 3);
    scaled.setInfo(
        ModelInfo.none()
            .withInputScaling(InputScaling.divideBy(255))
            .withClassLabels("a", "b")
            .withNote("license", "CC0"));
    for (Activation last : List.of(softmax(), identity(), sigmoid())) {
      same(
          Classifier.of(ofFeatures(3, last), EstimatorExportTest.FEATURES, List.of("a", "b", "c")));
      if (!last.equals(softmax())) {
        same(Classifier.of(ofFeatures(1, last), EstimatorExportTest.FEATURES, List.of("a", "b")));
      }
    }
    same(Classifier.of(scaled));
    same(
        Regressor.of(
            ofFeatures(1, identity()),
            EstimatorExportTest.FEATURES,
            List.of(new TargetColumn("price", 200, 40))));
  }

  private void same(Estimator<?> estimator) throws Exception {
    Path file = folder.resolve("estimator.onnx");
    Onnx.export(estimator, file);
    Network found = Onnx.importNetwork(file);
    assertThat(found.info()).isEqualTo(estimator.network().info());
    same(found, estimator.network(), 1e-6);
  }
}
