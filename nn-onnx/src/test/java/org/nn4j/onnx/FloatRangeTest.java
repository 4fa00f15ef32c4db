package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nn4j.activation.Activations.elu;
import static org.nn4j.activation.Activations.leakyRelu;
import static org.nn4j.activation.Activations.softmax;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nn4j.data.InputScaling;
import org.nn4j.estimator.Classifier;
import org.nn4j.io.ModelFormatException;
import org.nn4j.layer.Layers;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;

/** Numbers that DOUBLE holds and FLOAT does not. */
class FloatRangeTest {
  private static final OnnxOptions DOUBLES = OnnxOptions.defaults().dataType(DOUBLE);
  private static final long[] TWO = {2};
  private final Path file;

  FloatRangeTest(@TempDir Path folder) {
    this.file = folder.resolve("network.onnx");
  }

  private static String constant(String name, String condition, double found) {
    return "Onnx.export: expected constant '"
        + name
        + "' with elements that are "
        + condition
        + " as FLOAT, found "
        + found
        + "; export as DOUBLE: OnnxOptions.defaults().dataType(DataType.DOUBLE)";
  }

  @ParameterizedTest
  @CsvSource({
    "0,weight,1e40",
    "0,bias,-4e38",
    "1,scale,1e300",
    "1,shift,1e39",
    "1,running_mean,-1e39",
    "1,running_variance,1e100",
    "2,scale,1e39"
  })
  void parametersAreFiniteAsFloat(int layer, String name, double value) throws Exception {
    Network network =
        Network.builder(2)
            .dataType(DOUBLE)
            .dense(2)
            .batchNormalization()
            .layerNormalization()
            .build();
    network.layers().get(layer).parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .forEach(parameter -> parameter.value().putScalar(1, value));
    assertThatThrownBy(() -> Onnx.export(network, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(constant("layers." + layer + "." + name, "finite", value));
    assertThat(file).doesNotExist();
    Onnx.export(network, file, DOUBLES);
    INDArray x = Networks.random(1, DOUBLE, 3, 2);
    Networks.assertClose(Onnx.importNetwork(file).predict(x), network.predict(x), 1e-6);
  }

  @Test
  void numbersWithoutABoundStayWhatTheyAre() throws Exception {
    Network network = Network.builder(2).dataType(DOUBLE).dense(1).build();
    network.parameters().get(0).value().assign(Nd4j.createFromArray(new double[][] {{1}, {1e-60}}));
    network.parameters().get(1).value().assign(Double.POSITIVE_INFINITY);
    Onnx.export(network, file);
    assertThat(OnnxRuntime.run(file, Nd4j.createFromArray(new float[][] {{1, 1}})).getFloat(0))
        .isEqualTo(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"1e39,1,mean,finite", "0,1e39,deviation,finite", "0,1e-50,deviation,not 0"})
  void inputScalingIsFiniteAsFloat(double mean, double deviation, String name, String condition)
      throws Exception {
    Network network = Network.builder(2).dense(2, softmax()).seed(1).build();
    network.setInfo(
        ModelInfo.none()
            .withClassLabels("a", "b")
            .withInputScaling(new InputScaling(List.of(mean), List.of(deviation))));
    Classifier classifier = Classifier.of(network);
    assertThatThrownBy(() -> Onnx.export(classifier, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            constant("inputScaling." + name, condition, name.equals("mean") ? mean : deviation));
    Onnx.export(classifier, file, DOUBLES);
    try (OnnxRuntime runtime = new OnnxRuntime(file)) {
      double[] row = {mean + 0.3 * deviation, mean - 2 * deviation};
      Map<String, Object> found =
          runtime.run(Map.of("input", Nd4j.createFromArray(new double[][] {row})));
      assertThat(OnnxRuntime.array(found, "probabilities").getDouble(0))
          .isCloseTo(
              classifier.predict(row).probabilities().get("a"),
              org.assertj.core.data.Offset.offset(1e-6));
    }
  }

  @Test
  void epsilonsAndCoefficientsAreFloatInEveryFile() throws Exception {
    for (Network network :
        List.of(
            Network.builder(2).layer(Layers.batchNormalization(1e-50, 0.1)).build(),
            Network.builder(2).layer(Layers.layerNormalization(1e-50)).build())) {
      assertThatThrownBy(() -> Onnx.export(network, file, DOUBLES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Onnx.export: expected an epsilon of layers.0. that is above 0 as FLOAT, found"
                  + " 1.0E-50; build the network with a larger epsilon");
    }
    Network norm =
        Network.builder(2).dataType(DOUBLE).layer(Layers.layerNormalization(1e-50)).build();
    OnnxOptions old = OnnxOptions.defaults().opset(16);
    assertThatThrownBy(() -> Onnx.export(norm, file, old))
        .hasMessage(constant("layers.0.epsilon", "not 0", 1e-50));
    Onnx.export(norm, file, old.dataType(DOUBLE));
    for (Network network :
        List.of(
            Network.builder(2).activation(leakyRelu(1e39)).build(),
            Network.builder(2).activation(elu(1e39)).build())) {
      assertThatThrownBy(() -> Onnx.export(network, file, DOUBLES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "OnnxGraph.node: expected attribute 'alpha' that is finite as FLOAT, found 1.0E39;"
                  + " pass a number of at most 3.4E38");
    }
  }

  @Test
  void constantsOfYourOwnLayersToo() {
    OnnxGraph graph = new OnnxGraph(17, org.nd4j.linalg.api.buffer.DataType.FLOAT);
    assertThatThrownBy(() -> graph.constant(1e39)).hasMessage(constant("constant", "finite", 1e39));
    assertThatThrownBy(() -> graph.constant("gain", Nd4j.createFromArray(1, -1e39)))
        .hasMessage(constant("gain", "finite", -1e39));
    assertThat(new OnnxGraph(17, DOUBLE).constant(1e39)).isEqualTo("constant");
  }

  private static void refused(GraphFile graph, String problem) {
    assertThatThrownBy(graph::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("1 problem: " + problem);
  }

  @Test
  void importedConstantsAreFinite() {
    for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String found = "its constants lead to " + number + ", which is " + number + " as FLOAT)";
      for (String operator : List.of("Add", "Sub", "Mul")) {
        GraphFile graph = GraphFile.of(0, 2).tensor("c", TWO, 1, number);
        refused(graph.node(operator, "y", "x", "c"), operator + " 'y' (its constants lead to ");
      }
      GraphFile product = GraphFile.of(0, 2).tensor("w", new long[] {2, 1}, 1, number);
      refused(product.node("MatMul", "y", "x", "w"), "MatMul 'y' (" + found);
      GraphFile norm = GraphFile.of(0, 2).tensor("o", TWO, 1, 1).tensor("c", TWO, 1, number);
      refused(
          norm.node("BatchNormalization", "y", "x", "o", "o", "o", "c"),
          "BatchNormalization 'y' (" + found);
      GraphFile layer = GraphFile.of(0, 2).tensor("c", TWO, 1, number);
      refused(layer.node("LayerNormalization", "y", "x", "c"), "LayerNormalization 'y' (" + found);
    }
  }

  private static GraphFile scaled(String... operators) {
    GraphFile graph = GraphFile.of(0, 2).scalar("large", 1e30).scalar("small", 1e-40);
    graph.tensor("w", new long[] {2, 2}, 1, 2, 3, 4);
    for (int i = 0; i < operators.length; i++) {
      int space = operators[i].indexOf(' ');
      String y = i == operators.length - 1 ? "y" : "t" + (i + 1);
      graph.node(
          operators[i].substring(0, space),
          y,
          i == 0 ? "x" : "t" + i,
          operators[i].substring(space + 1));
    }
    return graph;
  }

  @Test
  void reciprocalsAndProductsAreFinite() throws Exception {
    String reciprocal = "Div 'y' (its constants lead to 1.0000053899175752E40, which is Infinity";
    refused(scaled("Div small"), reciprocal);
    refused(scaled("MatMul w", "Div small"), reciprocal);
    refused(scaled("Mul large", "Mul large"), "Mul 'y' (its constants lead to 1.00000003009");
    refused(scaled("MatMul w", "Mul large", "Div small"), "Div 'y' (its constants lead to ");
    refused(scaled("Div large", "Div large"), "Div 'y' (its constants lead to 9.99999");
    GraphFile gemm = scaled().tensor("b", TWO, 1, 1);
    refused(
        gemm.node("Gemm", Map.of("beta", Float.POSITIVE_INFINITY), "y", "x", "w", "b"),
        "Gemm 'y' (its constants lead to Infinity, which is Infinity as FLOAT)");
    assertThat(scaled("Mul large", "Div large").read().predict(new double[][] {{1, 2}})[0])
        .containsExactly(new double[] {1, 2}, org.assertj.core.data.Offset.offset(1e-6));
    assertThat(scaled("Mul zero").scalar("zero", 0).read().predict(new double[][] {{1, 2}})[0])
        .containsExactly(0, 0);
  }

  @Test
  void theRangeIsThatOfTheNetwork() throws Exception {
    GraphFile graph = GraphFile.of(0, 2).node("Div", "y", "x", "c");
    graph
        .graph()
        .addInitializer(
            TensorProto.newBuilder()
                .setName("c")
                .setDataType(TensorProto.DataType.DOUBLE.getNumber())
                .addDims(2)
                .addAllDoubleData(List.of(1e-100, 1e100)));
    assertThat(graph.read().predict(new double[][] {{1e-100, 1e100}})[0])
        .containsExactly(new double[] {1, 1}, org.assertj.core.data.Offset.offset(1e-9));
    graph.graph().getInitializerBuilder(0).setDoubleData(0, 1e-310);
    refused(graph, "Div 'y' (its constants lead to Infinity, which is Infinity as DOUBLE)");
  }

  @Test
  void limitsOfClipAreThoseOfItsType() throws Exception {
    for (double high : new double[] {Float.MAX_VALUE, 1e39}) {
      GraphFile graph = GraphFile.of(0, 2).node("Clip", "y", "x", "low", "high");
      for (String name : List.of("low", "high")) {
        graph
            .graph()
            .addInitializer(
                TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(TensorProto.DataType.DOUBLE.getNumber())
                    .addDoubleData(name.equals("low") ? 0 : high));
      }
      refused(graph, "Clip 'y' (only max(x, 0); use relu)");
      graph.graph().getInitializerBuilder(1).setDoubleData(0, Double.MAX_VALUE);
      assertThat(graph.read().layers()).hasToString("[Activation(relu)]");
    }
  }
}
