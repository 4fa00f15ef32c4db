package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;
import static org.nn4j.activation.Activations.tanh;
import static org.nn4j.onnx.Networks.assertClose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Activation;
import org.nn4j.LayerSpec;
import org.nn4j.layer.Layers;
import org.nn4j.model.Network;

/** What onnxruntime computes from exported networks. */
class ExportTest {
  private final Path folder;

  ExportTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void check(Network network, OnnxOptions options, double tolerance) throws Exception {
    Path file = folder.resolve("network.onnx");
    Onnx.export(network, file, options);
    INDArray x = Networks.random(7, network.dataType(), network.inputShape().withBatch(4));
    INDArray found = OnnxRuntime.run(file, x.castTo(options.dataType()));
    assertThat(found.dataType()).isEqualTo(options.dataType());
    assertClose(found, network.predict(x), tolerance);
  }

  static List<Activation> activations() {
    return Networks.ACTIVATIONS;
  }

  @ParameterizedTest
  @MethodSource("activations")
  void activationsInEachOpset(Activation activation) throws Exception {
    Network network = Networks.drawn(Network.builder(5).dense(4, activation), 1);
    for (int opset = 13; opset <= 24; opset++) {
      check(network, OnnxOptions.defaults().opset(opset), 1e-5);
    }
    check(network, OnnxOptions.defaults().dataType(DOUBLE), 1e-5);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void layersInEachOpset(DataType type) throws Exception {
    Network network =
        Networks.drawn(
            Network.builder(2, 3)
                .dataType(type)
                .flatten()
                .dense(5, tanh())
                .batchNormalization()
                .layer(Network.builder(5).dropout(0.5).layerNormalization().dense(4).spec())
                .activation(softmax()),
            2);
    for (int opset = 13; opset <= 24; opset++) {
      OnnxOptions options = OnnxOptions.defaults().opset(opset);
      check(network, options, 1e-5);
      check(network, options.dataType(DOUBLE), type == DOUBLE ? 1e-12 : 1e-5);
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomNetworks(long seed) throws Exception {
    check(Networks.random(seed, FLOAT), OnnxOptions.defaults(), 1e-5);
    check(Networks.random(seed, DOUBLE), OnnxOptions.defaults().dataType(DOUBLE), 1e-5);
  }

  @Test
  void everyLayerAndActivationOfTheLibraryIsCovered() throws Exception {
    List<String> covered =
        Networks.ACTIVATIONS.stream().map(a -> a.getClass().getSimpleName()).distinct().toList();
    assertThat(LibraryPieces.activations()).containsExactlyInAnyOrderElementsOf(covered);
    Network network =
        Network.builder(2, 2)
            .flatten()
            .dense(3, relu())
            .activation(tanh())
            .dropout(0.1)
            .batchNormalization()
            .layerNormalization()
            .layer(Network.builder(3).dense(2).spec())
            .build();
    List<String> layers =
        network.layers().stream().map(layer -> layer.getClass().getSimpleName()).toList();
    assertThat(LibraryPieces.layers()).containsExactlyInAnyOrderElementsOf(layers);
    check(network, OnnxOptions.defaults(), 1e-5);
  }

  @Test
  void batchesHaveAnySizeAndNamesAreThoseOfTheOptions() throws Exception {
    Network network = Networks.drawn(Network.builder(3).dense(2, relu()), 1);
    Path file = folder.resolve("named.onnx");
    Onnx.export(network, file, OnnxOptions.defaults().names("pixels", "scores"));
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      assertThat(runtime.inputs()).containsExactly("pixels");
      assertThat(runtime.outputs()).containsExactly("scores");
      for (int rows : new int[] {1, 2, 100}) {
        INDArray x = Networks.random(rows, FLOAT, rows, 3);
        assertClose(runtime.run(x), network.predict(x), 1e-5);
      }
    }
  }

  @Test
  void networkWithoutNodesHasAnOutput() throws Exception {
    check(Network.builder(3).dropout(0.5).build(), OnnxOptions.defaults(), 0);
  }

  @Test
  void constantsAreNamedByTheirPlace() throws Exception {
    Network network =
        Network.builder(2).dense(2, relu()).layer(Network.builder(2).dense(2).spec()).build();
    Path file = folder.resolve("nested.onnx");
    Onnx.export(network, file);
    onnx.Onnx.ModelProto model = onnx.Onnx.ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getGraph().getInitializerList().stream().map(t -> t.getName()))
        .containsExactly(
            "layers.0.weight",
            "layers.0.bias",
            "layers.1.layers.0.weight",
            "layers.1.layers.0.bias");
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
  }

  @Test
  void ownLayersAndActivationsAreExportedByTheOptions() throws Exception {
    Network network =
        Network.builder(3).layer(new Tripling.Spec()).dense(2, new Cube()).seed(1).build();
    OnnxOptions options =
        OnnxOptions.defaults()
            .with(Tripling.class, (layer, x, graph) -> graph.node("Mul", x, graph.constant(3)))
            .with(Cube.class, (cube, z, graph) -> graph.node("Pow", z, graph.constant(3)));
    check(network, options, 1e-4);
  }

  @Test
  void ownLayersAndActivationsWithoutAnExportAreNamed() {
    Path file = folder.resolve("own.onnx");
    assertThatThrownBy(
            () -> Onnx.export(Network.builder(3).layer(new Tripling.Spec()).build(), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Tripling: expected a layer or activation of the library, or one that the options"
                + " export, found org.nn4j.onnx.Tripling; call OnnxOptions.with(Tripling.class,"
                + " (layer, x, graph) -> ...)");
    assertThatThrownBy(() -> Onnx.export(Network.builder(3).dense(1, new Cube()).build(), file))
        .hasMessage(
            "Cube[]: expected a layer or activation of the library, or one that the options export,"
                + " found org.nn4j.onnx.Cube; call OnnxOptions.with(Cube.class,"
                + " (activation, z, graph) -> ...)");
    assertThat(file).doesNotExist();
  }

  @Test
  void optionsAreChecked() {
    OnnxOptions options = OnnxOptions.defaults();
    assertThatThrownBy(() -> options.opset(12))
        .hasMessage("OnnxOptions: expected an opset from 13 to 24, found 12; correct the argument");
    assertThatThrownBy(() -> options.dataType(DataType.INT32))
        .hasMessage(
            "OnnxOptions: expected data type FLOAT or DOUBLE, found INT; correct the"
                + " argument");
    assertThatThrownBy(() -> options.names("x", "x"))
        .hasMessage(
            "OnnxOptions: expected two different names that are not blank, found 'x' and"
                + " 'x'; correct the argument");
  }

  @Test
  void attributesHaveOneOfSixTypes() {
    OnnxGraph graph = new OnnxGraph(17, FLOAT);
    graph.node(
        "com.example.Any",
        java.util.Map.of(
            "a",
            1,
            "b",
            2.5,
            "c",
            "text",
            "d",
            List.of(1L, 2L),
            "e",
            List.of(0.5),
            "f",
            List.of("x")));
    onnx.Onnx.ModelProto model = graph.toModel(java.util.Map.of());
    assertThat(model.getGraph().getNode(0).getDomain()).isEqualTo("com.example");
    assertThat(model.getOpsetImport(1).getDomain()).isEqualTo("com.example");
    assertThat(model.getGraph().getNode(0).getAttributeList().stream().map(a -> a.getType().name()))
        .containsExactly("INT", "FLOAT", "STRING", "INTS", "FLOATS", "STRINGS");
    assertThatThrownBy(() -> graph.node("Any", java.util.Map.of("a", Arrays.asList())))
        .hasMessage(
            "OnnxGraph.node: expected attribute 'a' of integers, floating-point numbers or strings,"
                + " found []; pass one of these, or a list of one or more");
  }

  @Test
  void specsWithSettings() throws Exception {
    for (LayerSpec spec :
        List.of(Layers.batchNormalization(0.5, 0.1), Layers.layerNormalization(0.5))) {
      check(Networks.drawn(Network.builder(4).layer(spec), 3), OnnxOptions.defaults(), 1e-5);
    }
  }
}
