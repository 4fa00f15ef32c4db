package org.nn4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nn4j.activation.Activations.gelu;
import static org.nn4j.activation.Activations.softmax;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.nn4j.estimator.Classifier;
import org.nn4j.internal.onnx.ModelReader;
import org.nn4j.internal.onnx.NetworkReader;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Network;

/**
 * Damaged files: each yields a network or a {@link ModelFormatException}. {@code
 * -Donnx.mutations=100000} tests more of them.
 */
class MutatedFilesTest {
  private static final List<String> OPERATORS =
      List.of(
          "Gemm",
          "MatMul",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Neg",
          "Relu",
          "PRelu",
          "Clip",
          "Max",
          "Softmax",
          "LogSoftmax",
          "Exp",
          "BatchNormalization",
          "LayerNormalization",
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Identity",
          "Cast",
          "Shape",
          "Gather",
          "Concat",
          "Slice",
          "Constant",
          "Erf",
          "ReduceMean",
          "ReduceSum",
          "Pow",
          "Sqrt");

  private final Random random = new Random(1);
  private final List<byte[]> files = new ArrayList<>();

  MutatedFilesTest(@TempDir Path folder) throws Exception {
    Cases torch = Cases.of("torch.zip");
    for (String name :
        List.of("layer_norm/opset9", "gelu/opset13", "view/opset13", "three_dimensions/opset17")) {
      files.add(torch.bytes(name + ".onnx"));
    }
    Path file = folder.resolve("network.onnx");
    Onnx.export(Networks.random(4, FLOAT), file);
    files.add(Files.readAllBytes(file));
    int inputs = EstimatorExportTest.FEATURES.inputs().size();
    Network network = Network.builder(inputs).dense(3, gelu()).dense(2, softmax()).build();
    Onnx.export(Classifier.of(network, EstimatorExportTest.FEATURES, List.of("a", "b")), file);
    files.add(Files.readAllBytes(file));
  }

  @Test
  void mutatedFilesAreReadOrRefused() throws Exception {
    int count = Integer.getInteger("onnx.mutations", 5_000);
    int read = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutated();
      try (Network network = NetworkReader.read(ModelReader.of(bytes, "mutated"), null)) {
        assertThat(network.layers()).isNotEmpty();
        read++;
      } catch (ModelFormatException e) {
        assertThat(e.getMessage()).startsWith("model file mutated, ");
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutation " + i + ": " + Arrays.toString(bytes), e);
      }
    }
    assertThat(read).isBetween(count / 20, count * 19 / 20);
  }

  private byte[] mutated() throws InvalidProtocolBufferException {
    return random.nextInt(3) == 0 ? mutatedGraph() : mutatedBytes();
  }

  /** A graph of which a node has another operator, other inputs or attributes, or a tensor. */
  private byte[] mutatedGraph() throws InvalidProtocolBufferException {
    ModelProto.Builder model =
        ModelProto.parseFrom(files.get(random.nextInt(files.size()))).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    for (int i = 0; i <= random.nextInt(3); i++) {
      NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
      NodeProto other = graph.getNode(random.nextInt(graph.getNodeCount()));
      TensorProto.Builder tensor =
          graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
      switch (random.nextInt(8)) {
        case 0 -> node.setOpType(other.getOpType());
        case 1 -> node.setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
        case 2 -> node.addAllInput(other.getInputList());
        case 3 -> node.clearInput().addAllInput(other.getInputList());
        case 4 -> node.clearAttribute().addAllAttribute(other.getAttributeList());
        case 5 -> tensor.clearDims();
        case 6 -> tensor.addDims(random.nextInt(4) - 1L);
        default -> model.getOpsetImportBuilder(0).setVersion(1 + random.nextInt(24));
      }
    }
    return model.build().toByteArray();
  }

  private byte[] mutatedBytes() {
    byte[] bytes = files.get(random.nextInt(files.size())).clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at]++;
        case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 4 -> bytes = joined(bytes, at, at + 1 + random.nextInt(20));
        default -> bytes = joined(bytes, at, Math.max(0, at - random.nextInt(20)));
      }
    }
    return bytes;
  }

  /** The bytes before one place and from another on: some are missing, or there twice. */
  private static byte[] joined(byte[] bytes, int end, int start) {
    int from = Math.min(start, bytes.length);
    byte[] result = Arrays.copyOf(bytes, end + bytes.length - from);
    System.arraycopy(bytes, from, result, end, bytes.length - from);
    return result;
  }
}
