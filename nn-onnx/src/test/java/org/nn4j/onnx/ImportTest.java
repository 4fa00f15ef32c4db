package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.protobuf.ByteString;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

/** Forms of operators that other programs write. */
class ImportTest {
  private static final long[] MATRIX = {2, 3};

  private static GraphFile gemm(
      String c, Map<String, ?> attributes, long[] shape, double... values) {
    return GraphFile.of(0, 2)
        .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
        .tensor(c, shape, values)
        .node("Gemm", attributes, "y", "x", "w", c);
  }

  private static double[] ofOnes(Network network) {
    double[][] x = {new double[(int) network.inputShape().size()]};
    java.util.Arrays.fill(x[0], 1);
    return network.predict(x)[0];
  }

  @Test
  void gemmHasFactorsAndRowsOfEveryShape() throws Exception {
    double[] sums = {5, 7, 9};
    assertThat(ofOnes(gemm("c", Map.of(), new long[] {3}, 10, 20, 30).read()))
        .containsExactly(15, 27, 39);
    assertThat(
            ofOnes(gemm("c", Map.of("alpha", 2.0, "beta", 0.5), new long[] {1, 3}, 2, 4, 6).read()))
        .containsExactly(11, 16, 21);
    assertThat(ofOnes(gemm("c", Map.of("beta", 3.0), new long[] {1}, 1).read()))
        .containsExactly(8, 10, 12);
    assertThat(ofOnes(gemm("c", Map.of(), new long[] {}, 1).read())).containsExactly(6, 8, 10);
    assertThat(ofOnes(gemm("c", Map.of(), new long[] {1, 1}, 0).read())).containsExactly(sums);
    Network turned =
        GraphFile.of(0, 3)
            .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
            .node("Gemm", Map.of("transB", 1), "y", "x", "w", "")
            .read();
    assertThat(ofOnes(turned)).containsExactly(6, 15);
  }

  @Test
  void transposedInputsAreRowsOfTheNetwork() throws Exception {
    for (Network network :
        List.of(
            GraphFile.of(2, 0)
                .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
                .node("Gemm", Map.of("transA", 1), "y", "x", "w")
                .read(),
            GraphFile.of(0, 2)
                .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
                .node("Transpose", Map.of("perm", List.of(1L, 0L)), "t", "x")
                .node("Gemm", Map.of("transA", 1), "y", "t", "w")
                .read())) {
      assertThat(network.inputShape().toArray()).containsExactly(2);
      assertThat(ofOnes(network)).containsExactly(5, 7, 9);
    }
  }

  @ParameterizedTest
  @CsvSource({"2 3,6", "1 2,2"})
  void summandsThatDifferFromSampleToSampleAreRefused(String shape, int size) {
    long[] dimensions =
        java.util.Arrays.stream(shape.split(" ")).mapToLong(Long::parseLong).toArray();
    assertThatThrownBy(() -> gemm("c", Map.of(), dimensions, new double[size]).read())
        .hasMessageContaining(
            "1 problem: Gemm 'y' (its third input is no constant row, the same for each sample)");
  }

  @Test
  void arithmeticWithConstantsJoinsTheLayerBefore() throws Exception {
    Network network =
        GraphFile.of(0, 2)
            .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
            .tensor("b", new long[] {3}, 1, 1, 1)
            .scalar("two", 2)
            .scalar("ten", 10)
            .node("MatMul", "a", "x", "w")
            .node("Add", "s", "b", "a")
            .node("Mul", "m", "s", "two")
            .node("Div", "d", "m", "two")
            .node("Sub", "e", "ten", "d")
            .node("Neg", "n", "e")
            .node("Relu", "y", "n")
            .read();
    assertThat(network.layers()).hasToString("[Dense(2 -> 3, relu)]");
    assertThat(ofOnes(network)).containsExactly(0, 0, 0);
    assertThat(network.predict(new double[][] {{2, 2}})[0]).containsExactly(1, 5, 9);
  }

  @Test
  void scalingsOfTheInputAreFixedLayers() throws Exception {
    Network network =
        GraphFile.of(0, 1, 2)
            .tensor("mean", new long[] {2}, 100, 200)
            .tensor("deviation", new long[] {1, 2}, 10, 20)
            .scalar("three", 3)
            .node("Sub", "a", "x", "mean")
            .node("Div", "b", "a", "deviation")
            .node("Mul", "c", "b", "three")
            .node("Add", "y", "c", "three")
            .read();
    assertThat(network.layers()).hasToString("[Flatten, BatchNormalization(2)]");
    assertThat(network.predict(new double[][] {{110, 160}})[0])
        .containsExactly(new double[] {6, -3}, within(1e-5));
    assertThat(network.parameters()).allMatch(parameter -> parameter.isFrozen());
  }

  @Test
  void theTypeOfAWeightIsThatOfTheNetwork() throws Exception {
    GraphFile half = GraphFile.of(0, 2).node("MatMul", "y", "x", "w");
    half.graph()
        .addInitializer(
            weights(TensorProto.DataType.FLOAT16).setRawData(ByteString.copyFrom(new byte[2 * 6])));
    assertThat(half.read().dataType()).isEqualTo(DataType.FLOAT);
    GraphFile precise = GraphFile.of(0, 2).node("MatMul", "y", "x", "w");
    precise
        .graph()
        .addInitializer(
            weights(TensorProto.DataType.DOUBLE)
                .addAllDoubleData(List.of(1.5, -2.0, 0.25, 65504.0, 6e-8, 0.0)));
    assertThat(precise.read().dataType()).isEqualTo(DataType.DOUBLE);
  }

  private static TensorProto.Builder weights(TensorProto.DataType type) {
    return TensorProto.newBuilder()
        .setName("w")
        .addDims(2)
        .addDims(3)
        .setDataType(type.getNumber());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Celu | {} | elu(1.0)",
        "Swish | {} | silu",
        "Gelu | {} | gelu",
        "LeakyRelu | {} | leakyRelu(0.01)",
        "Elu | {} | elu(1.0)",
        "Softplus | {} | softplus",
      })
  void activationsHaveDefaults(String operator, String attributes, String activation)
      throws Exception {
    Network network = GraphFile.of(0, 3).node(operator, "y", "x").read();
    assertThat(network.layers()).hasToString("[Activation(" + activation + ")]");
  }

  @Test
  void otherFormsOfActivations() throws Exception {
    GraphFile softplus =
        GraphFile.of(0, 3)
            .scalar("one", 1)
            .node("Exp", "e", "x")
            .node("Add", "s", "one", "e")
            .node("Log", "y", "s");
    GraphFile relu = GraphFile.of(0, 3).scalar("zero", 0).node("Max", "y", "zero", "x");
    GraphFile clip = GraphFile.of(0, 3).opset(6).node("Clip", Map.of("min", 0.0), "y", "x");
    GraphFile gelu =
        GraphFile.of(0, 3)
            .scalar("root", Math.sqrt(0.5))
            .scalar("one", 1)
            .scalar("half", 0.5)
            .node("Mul", "h", "half", "x")
            .node("Mul", "r", "root", "x")
            .node("Erf", "e", "r")
            .node("Add", "s", "one", "e")
            .node("Mul", "y", "h", "s");
    GraphFile softmax =
        GraphFile.of(0, 3)
            .node("ReduceMax", Map.of("axes", List.of(-1L)), "m", "x")
            .node("Sub", "d", "x", "m")
            .node("Exp", "e", "d")
            .integers("axes", 1L)
            .node("ReduceSum", "t", "e", "axes")
            .node("Div", "y", "e", "t");
    GraphFile unshifted =
        GraphFile.of(0, 3)
            .node("Exp", "e", "x")
            .node("ReduceSum", Map.of("axes", List.of(1L)), "t", "e")
            .node("Div", "y", "e", "t");
    assertThat(softplus.read().layers()).hasToString("[Activation(softplus)]");
    assertThat(relu.read().layers()).hasToString("[Activation(relu)]");
    assertThat(clip.read().layers()).hasToString("[Activation(relu)]");
    assertThat(gelu.read().layers()).hasToString("[Activation(gelu)]");
    assertThat(softmax.read().layers()).hasToString("[Activation(softmax)]");
    assertThat(unshifted.read().layers()).hasToString("[Activation(softmax)]");
  }

  @Test
  void softmaxBeforeOpset13IsOfAllAxesFromTheGivenOneOn() throws Exception {
    Network whole = GraphFile.of(0, 2, 3).opset(12).node("Softmax", "y", "x").read();
    assertThat(whole.layers()).hasToString("[Flatten, Activation(softmax)]");
    Network rows = GraphFile.of(0, 2, 3).opset(13).node("Softmax", "y", "x").read();
    assertThat(rows.layers()).hasToString("[Activation(softmax)]");
    assertThat(ofOnes(whole)).containsOnly(1f / 6);
    assertThatThrownBy(
            () ->
                GraphFile.of(0, 2, 3).opset(13).node("Softmax", Map.of("axis", 1), "y", "x").read())
        .hasMessageContaining("1 problem: Softmax 'y' (use the last axis)");
  }

  @Test
  void reshapesKeepTheBatchInEveryForm() throws Exception {
    for (Long[] shape :
        List.of(
            new Long[] {-1L, 6L}, new Long[] {0L, 6L}, new Long[] {0L, -1L}, new Long[] {5L, 6L})) {
      Network network =
          GraphFile.of(5, 2, 3)
              .integers("shape", shape)
              .tensor("w", new long[] {6, 1}, 1, 2, 3, 4, 5, 6)
              .node("Reshape", "r", "x", "shape")
              .node("MatMul", "y", "r", "w")
              .read();
      assertThat(network.layers()).hasToString("[Flatten, Dense(6 -> 1, identity)]");
      assertThat(ofOnes(network)).containsExactly(21);
    }
    for (Long[] shape : List.of(new Long[] {-1L, 5L}, new Long[] {2L, -1L}, new Long[] {-1L})) {
      assertThatThrownBy(
              () ->
                  GraphFile.of(5, 2, 3)
                      .integers("shape", shape)
                      .node("Reshape", "y", "x", "shape")
                      .read())
          .hasMessageContaining("Reshape 'y' (does not keep samples of [2, 3] apart)");
    }
  }

  @Test
  void rowsOfASampleBecomeSamples() throws Exception {
    Network network =
        GraphFile.of(0, 0, 2)
            .integers("shape", -1L, 2L)
            .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
            .node("Reshape", "r", "x", "shape")
            .node("Gemm", "y", "r", "w")
            .read();
    assertThat(network.inputShape().toArray()).containsExactly(2);
    assertThatThrownBy(
            () ->
                GraphFile.of(0, 4, 2)
                    .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
                    .node("MatMul", "m", "x", "w")
                    .node("Flatten", "y", "m")
                    .read())
        .hasMessageContaining(
            "1 problem: Flatten 'y' (joins rows that earlier layers process separately)");
  }

  @Test
  void openSizesOfTheInputAreThoseOfTheWeights() throws Exception {
    Network network =
        GraphFile.of(0, 0)
            .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
            .node("Relu", "r", "x")
            .node("MatMul", "y", "r", "w")
            .read();
    assertThat(network.inputShape().toArray()).containsExactly(2);
    assertThatThrownBy(() -> GraphFile.of(0, 0).node("Relu", "y", "x").read())
        .hasMessage(
            "model file test.onnx, graph: expected an input whose sizes are known but for the batch,"
                + " found [batch, -1], -1 for an open size; export the model again with other"
                + " settings; see docs/troubleshooting.md#model-file");
    GraphFile undeclared =
        GraphFile.of(0).tensor("w", MATRIX, 1, 2, 3, 4, 5, 6).node("MatMul", "y", "x", "w");
    undeclared.graph().getInputBuilder(0).clearType();
    assertThat(undeclared.read().inputShape().toArray()).containsExactly(2);
  }

  @Test
  void partsAreImportedUpToAValue(@TempDir Path folder) throws Exception {
    GraphFile graph =
        GraphFile.of(0, 2)
            .tensor("w", MATRIX, 1, 2, 3, 4, 5, 6)
            .node("MatMul", "logits", "x", "w")
            .node("LogSoftmax", "y", "logits");
    Path file = folder.resolve("log.onnx");
    Files.write(file, graph.model().toByteArray());
    assertThat(Onnx.importNetwork(file, "logits").layers())
        .hasToString("[Dense(2 -> 3, identity)]");
    assertThatThrownBy(() -> Onnx.importNetwork(file, "z"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            "model file "
                + file
                + ", graph: expected a node that computes 'z', found none; the outputs of the graph"
                + " are y; name one of them; see docs/troubleshooting.md#model-file");
    graph.graph().addOutput(GraphFile.value("logits", TensorProto.DataType.FLOAT, 0, 3));
    assertThatThrownBy(graph::read)
        .hasMessage(
            "model file test.onnx, graph: expected one output of floating-point numbers, found y,"
                + " logits; name one: Onnx.importNetwork(file, \"y\");"
                + " see docs/troubleshooting.md#model-file");
  }

  @Test
  void onlyNodesThatTheOutputNeedsCount() throws Exception {
    GraphFile graph =
        GraphFile.of(0, 3)
            .node("Relu", "y", "x")
            .node("ArgMax", "label", "y")
            .node("Conv", "other", "x");
    graph.graph().addOutput(GraphFile.value("label", TensorProto.DataType.INT64, 0));
    assertThat(graph.read().layers()).hasToString("[Activation(relu)]");
  }
}
