package org.nn4j.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nn4j.io.ModelFormatException;

/** Damaged files, and headers that declare more than the file has. */
class HostileFilesTest {
  private static final String SEE = "; see docs/troubleshooting.md#model-file";
  private static final String COPY = "; export the model again, or copy the file again";

  private static void refused(GraphFile graph, String message) {
    refused(graph.model(), message);
  }

  private static void refused(ModelProto model, String message) {
    assertThatThrownBy(() -> GraphFile.read(model))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage("model file test.onnx, " + message + SEE);
  }

  private static void found(GraphFile graph, String problem) {
    assertThatThrownBy(graph::read)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(problem);
  }

  private static GraphFile product() {
    return GraphFile.of(0, 2).node("MatMul", "y", "x", "w");
  }

  private static GraphFile product(TensorProto.Builder tensor) {
    GraphFile file = product();
    file.graph().addInitializer(tensor.setName("w"));
    return file;
  }

  private static TensorProto.Builder tensor(TensorProto.DataType type, Long... shape) {
    return TensorProto.newBuilder().setDataType(type.getNumber()).addAllDims(List.of(shape));
  }

  private static String ofTensor(String found) {
    return "tensor 'w': expected FLOAT, DOUBLE, FLOAT16, BFLOAT16 or integer elements in the file, as"
        + " many as the shape has, found "
        + found;
  }

  @Test
  void shapesThatTheDataDoNotFill() {
    TensorProto.DataType type = TensorProto.DataType.FLOAT;
    for (Long[] shape :
        List.of(
            new Long[] {2L, 3L},
            new Long[] {-2L, -2L},
            new Long[] {Long.MAX_VALUE, Long.MAX_VALUE},
            new Long[] {1L << 32, 1L << 32},
            new Long[] {Long.MIN_VALUE, 2L},
            new Long[] {0L, 4L})) {
      TensorProto.Builder four = tensor(type, shape).addAllFloatData(List.of(1f, 2f, 3f, 4f));
      refused(
          product(four),
          ofTensor("shape " + Arrays.toString(shape) + " with data of 16 bytes" + COPY));
    }
    refused(
        product(tensor(type, 2L, 2L).setRawData(WrittenTensor.ofIntegers(1L).build().getRawData())),
        ofTensor("shape [2, 2] with data of 0 bytes" + COPY));
    refused(
        product(tensor(type, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)),
        ofTensor("a segment, or more than 8 dimensions" + COPY));
  }

  @Test
  void typesOfElementsThatAreNotSupported() {
    refused(
        product(tensor(TensorProto.DataType.STRING, 1L)),
        ofTensor("elements of type STRING" + COPY));
    refused(
        product(tensor(TensorProto.DataType.FLOAT, 1L).setDataType(17)),
        ofTensor("elements of type number 17" + COPY));
    found(
        product(tensor(TensorProto.DataType.INT64, 2L, 1L).addInt64Data(1).addInt64Data(2)),
        "MatMul 'y' (a network multiplies data with a constant matrix on the right)");
  }

  @Test
  void quantizedModelsAreListedByTheirNodes() {
    GraphFile file = GraphFile.of(0, 2).scalar("s", 0.5);
    file.graph().addInitializer(tensor(TensorProto.DataType.INT8, 2L, 1L).setName("q"));
    found(
        file.node("DequantizeLinear", "w", "q", "s").node("MatMul", "y", "x", "w"),
        "2 problems: DequantizeLinear 'w' (export the model before quantization); MatMul 'y' (a"
            + " network multiplies data with a constant matrix on the right)");
  }

  @Test
  void dataInAnotherFile() {
    TensorProto.Builder outside =
        tensor(TensorProto.DataType.FLOAT, 2L, 2L)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"));
    refused(
        product(outside),
        ofTensor(
            "data in another file (external data); save the model as one file:"
                + " onnx.save(model, path, save_as_external_data=False)"));
  }

  @Test
  void namesThatAreMissingOrDouble() {
    refused(
        product(),
        "graph: expected inputs that an earlier node, an initializer or an input of the graph"
            + " defines, found 'w' of MatMul ''"
            + COPY);
    refused(
        GraphFile.of(0, 2).node("Relu", "a", "b").node("Relu", "b", "a").node("Relu", "y", "x"),
        "graph: expected inputs that an earlier node, an initializer or an input of the graph"
            + " defines, found 'b' of Relu ''"
            + COPY);
    refused(
        GraphFile.of(0, 2).node("Relu", "y", "y"),
        "graph: expected inputs that an earlier node, an initializer or an input of the graph"
            + " defines, found 'y' of Relu ''"
            + COPY);
    refused(
        GraphFile.of(0, 2).node("Relu", "y", "x").node("Tanh", "y", "x"),
        "graph: expected names that differ, found 'y' twice" + COPY);
    refused(
        GraphFile.of(0, 2).node("Relu", "x", "x"),
        "graph: expected names that differ, found 'x' twice" + COPY);
    refused(
        GraphFile.of(0, 2).scalar("w", 1).scalar("w", 2).node("Relu", "y", "x"),
        "graph: expected names that differ, found 'w' twice" + COPY);
  }

  @Test
  void optionalInputsThatAreLeftOut() throws Exception {
    GraphFile gemm = GraphFile.of(0, 2).tensor("w", new long[] {2, 1}, 1, 1);
    assertThat(gemm.node("Gemm", "y", "x", "w", "").read().layers())
        .hasToString("[Dense(2 -> 1, identity)]");
    found(
        GraphFile.of(0, 2).node("MatMul", "y", "x", ""),
        "MatMul 'y' (a network multiplies data with a constant matrix on the right)");
    found(GraphFile.of(0, 2).node("Add", "y", "x"), "Add 'y' (a network adds and multiplies");
    refused(
        GraphFile.of(0, 2).node("Relu", "y"),
        "graph: expected one input that output 'y' depends on, found none; import a part with one"
            + " input: Onnx.importNetwork(file, \"name of a value\")");
  }

  @Test
  void initializersMayBeInputsToo() throws Exception {
    GraphFile file = GraphFile.of(0, 2).tensor("w", new long[] {2, 1}, 1, 1);
    file.graph().addInput(GraphFile.value("w", TensorProto.DataType.FLOAT, 2, 1));
    assertThat(file.node("MatMul", "y", "x", "w").read().layers())
        .hasToString("[Dense(2 -> 1, identity)]");
  }

  @Test
  void twoInputsOrABranch() {
    GraphFile two = GraphFile.of(0, 2).node("Add", "y", "x", "z");
    two.graph().addInput(GraphFile.value("z", TensorProto.DataType.FLOAT, 0, 2));
    refused(
        two,
        "graph: expected one input that output 'y' depends on, found 2: x, z; import a part with"
            + " one"
            + " input: Onnx.importNetwork(file, \"name of a value\")");
    found(
        GraphFile.of(0, 2).node("Relu", "r", "x").node("Add", "y", "x", "r"),
        "1 problem: value 'x' (used by Relu 'r', Add 'y': a network is a chain)");
    found(
        GraphFile.of(0, 2).node("Mul", "y", "x", "x"),
        "1 problem: Mul 'y' (a network adds and multiplies constants");
  }

  @Test
  void versionsOfOperators() throws Exception {
    assertThat(GraphFile.of(0, 2).opset(8).node("Relu", "y", "x").read().layers()).hasSize(1);
    assertThat(GraphFile.of(0, 2).opset(24).node("Relu", "y", "x").read().layers()).hasSize(1);
    refused(
        GraphFile.of(0, 2).opset(25).node("Relu", "y", "x"),
        "opset: expected 1 to 24, found 25; export the model with opset 17");
    refused(
        GraphFile.of(0, 2).node("Relu", "y", "x").model().toBuilder().clearOpsetImport().build(),
        "opset: expected 1 to 24, found none; export the model with opset 17");
  }

  @Test
  void operatorsOfOtherDomainsAndWithGraphsOfTheirOwn() {
    GraphFile file = GraphFile.of(0, 2);
    file.graph()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Relu")
                .setDomain("com.example")
                .setName("mine")
                .addInput("x")
                .addOutput("a"));
    file.graph()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("If")
                .addInput("a")
                .addOutput("b")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(GraphProto.newBuilder().setName("inner"))));
    file.node("SequenceConstruct", "y", "b");
    found(
        file,
        "3 problems: com.example.Relu 'mine' (nn4j has no such operator); If 'b' (no control flow);"
            + " SequenceConstruct 'y' (nn4j has no such operator);");
  }

  @Test
  void outputsThatAreNoTensors() {
    GraphFile file = GraphFile.of(0, 2).node("ZipMap", "y", "x");
    file.graph()
        .setOutput(
            0,
            ValueInfoProto.newBuilder()
                .setName("y")
                .setType(TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.newBuilder())));
    refused(
        file,
        "graph: expected one output of floating-point numbers, found y; name one:"
            + " Onnx.importNetwork(file, \"y\")");
  }

  @Test
  void attributesOutOfRange() {
    long[] one = {1};
    found(
        GraphFile.of(0, 2).node("LeakyRelu", Map.of("alpha", -1.0), "y", "x"),
        "LeakyRelu 'y' (use one slope or alpha of 0 or more)");
    found(
        GraphFile.of(0, 2).node("Elu", Map.of("alpha", Float.NaN), "y", "x"),
        "Elu 'y' (use one slope or alpha of 0 or more)");
    found(
        GraphFile.of(0, 2)
            .tensor("s", new long[] {2}, 1, 1)
            .node("LayerNormalization", Map.of("epsilon", 0.0), "y", "x", "s"),
        "LayerNormalization 'y' (epsilon is not above 0)");
    found(
        GraphFile.of(0, 2)
            .tensor("s", new long[] {2}, 1, 1)
            .node("LayerNormalization", Map.of("axis", 7), "y", "x", "s"),
        "LayerNormalization 'y' (normalizes across samples; use the last axis)");
    found(
        GraphFile.of(0, 2)
            .tensor("s", new long[] {2}, 1, 1)
            .node("BatchNormalization", Map.of("training_mode", 1), "y", "x", "s", "s", "s", "s"),
        "BatchNormalization 'y' (export the model in evaluation mode)");
    found(
        GraphFile.of(0, 2)
            .tensor("s", one, 1)
            .node("BatchNormalization", "y", "x", "s", "s", "s", "s"),
        "BatchNormalization 'y' (weights of 1 features at an input of 2)");
    found(
        GraphFile.of(0, 2).scalar("zero", 0).node("Div", "y", "x", "zero"),
        "Div 'y' (a network divides by constants other than 0)");
    found(
        GraphFile.of(0, 2, 3).node("Transpose", Map.of("perm", List.of(0L, 0L, 9L)), "y", "x"),
        "Transpose 'y' (reorders the elements of a sample; export the model without it)");
    found(
        GraphFile.of(0, 2).node("Flatten", Map.of("axis", -9), "y", "x"),
        "Flatten 'y' (joins samples; use axis 1)");
    found(
        GraphFile.of(0, 2).node("Gelu", Map.of("approximate", "tanh"), "y", "x"),
        "Gelu 'y' (approximated by tanh; use the exact one)");
  }

  @Test
  void hugeInputsAllocateNothing() {
    GraphFile scaled = GraphFile.of(0, 1_000_000_000_000L).scalar("two", 2);
    found(
        scaled.node("Mul", "y", "x", "two"),
        "expected at most 1000720 parameters, by the size of the file, found ");
    found(
        GraphFile.of(0, Long.MAX_VALUE, Long.MAX_VALUE).node("Relu", "y", "x"),
        "layers that fit together, found Shape: expected at most 2^63 - 1 elements");
    GraphFile shared = GraphFile.of(0, 100).tensor("w", new long[] {100, 100}, new double[10_000]);
    String value = "x";
    for (int i = 0; i < 1000; i++) {
      shared.node("MatMul", "v" + i, value, "w");
      value = "v" + i;
    }
    found(shared.node("Relu", "y", value), "parameters, by the size of the file, found ");
    GraphFile deep = GraphFile.of(0, 1);
    value = "x";
    for (int i = 0; i < 20_000; i++) {
      deep.node(i % 2 == 0 ? "Relu" : "Tanh", "v" + i, value);
      value = "v" + i;
    }
    found(deep.node("Relu", "y", value), "expected at most 10000 layers, found 20001");
  }

  @Test
  void attributesOfAnotherType() {
    refused(
        GraphFile.of(0, 2).node("Elu", Map.of("alpha", 1), "y", "x"),
        "graph: expected attributes and shapes as ONNX defines them, found attribute 'alpha' of Elu"
            + " 'y' of type INT, not FLOAT"
            + COPY);
  }

  /** Each of these nodes has a hundred inputs of the one before. */
  @Test
  void shapesThatAreComputedInManyWays() {
    GraphFile file = GraphFile.of(0, 2).integers("empty").node("Shape", "s", "x");
    String[] inputs = new String[100];
    Arrays.fill(inputs, "empty");
    inputs[0] = "s";
    for (int i = 0; i < 20; i++) {
      file.node("Concat", "c" + i, inputs);
      Arrays.fill(inputs, "c" + i);
    }
    found(
        file.node("Reshape", "y", "x", "c19"), "Reshape 'y' (does not keep samples of [2] apart)");
    Long[] many = new Long[100_000];
    Arrays.fill(many, 1L);
    GraphFile folded = GraphFile.of(0, 2).integers("many", many);
    found(
        folded.node("Reshape", "r", "many", "many").node("MatMul", "y", "x", "r"),
        "Reshape 'r': expected FLOAT");
  }

  @Test
  void messagesThatAreTooManyOrTooDeep() throws Exception {
    GraphProto.Builder inner = GraphProto.newBuilder().setName("inner");
    for (int i = 0; i < 30; i++) {
      AttributeProto branch = AttributeProto.newBuilder().setName("g").setG(inner).build();
      inner = GraphProto.newBuilder().addNode(NodeProto.newBuilder().addAttribute(branch));
    }
    refused(
        ModelProto.newBuilder().setGraph(inner).build(),
        "content: expected an ONNX model, found messages nested deeper than 40; copy the file"
            + " again");
    GraphProto.Builder many = GraphProto.newBuilder();
    for (int i = 0; i < 250_001; i++) {
      many.addNode(NodeProto.getDefaultInstance());
    }
    refused(
        ModelProto.newBuilder().setGraph(many).build(),
        "content: expected an ONNX model, found more than 250000 messages; copy the file again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PK", "{\"a\": 1}", "\u0008\u0008", ":\u0000"})
  void otherFiles(String content, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("other.onnx");
    Files.write(file, content.getBytes(UTF_8));
    assertThatThrownBy(() -> Onnx.importNetwork(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("model file " + file + ", content: expected an ONNX model, found ");
    assertThatThrownBy(() -> Onnx.importNetwork(folder.resolve("none.onnx")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void informationThatDoesNotFit() throws Exception {
    ModelProto model =
        GraphFile.of(0, 2).node("Relu", "y", "x").model().toBuilder()
            .addMetadataProps(entry("nn4j.output", "y"))
            .addMetadataProps(entry("nn4j.input", "x"))
            .addMetadataProps(entry("nn4j.info", "{\"class_labels\": [\"a\"]}"))
            .build();
    assertThatThrownBy(() -> GraphFile.read(model))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(
            "model file test.onnx, metadata 'nn4j.info': expected what Onnx.export writes, found ");
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
