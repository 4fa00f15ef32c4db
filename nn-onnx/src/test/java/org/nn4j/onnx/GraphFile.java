package org.nn4j.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nn4j.internal.onnx.ModelReader;
import org.nn4j.internal.onnx.NetworkReader;
import org.nn4j.model.Network;

/** A graph that a test puts together node by node: input {@code x}, output {@code y}. */
final class GraphFile {
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private long opset = 17;

  /** Begins a graph with an input of floats; 0 stands for an open size. */
  static GraphFile of(long... input) {
    GraphFile file = new GraphFile();
    file.graph.addInput(value("x", TensorProto.DataType.FLOAT, input));
    file.graph.addOutput(value("y", TensorProto.DataType.FLOAT, 0));
    return file;
  }

  static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    Arrays.stream(shape)
        .forEach(
            size -> {
              TensorShapeProto.Dimension.Builder dimension = dimensions.addDimBuilder();
              if (size == 0) {
                dimension.setDimParam("any");
              } else {
                dimension.setDimValue(size);
              }
            });
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  GraphFile opset(long version) {
    opset = version;
    return this;
  }

  GraphFile node(String operator, String output, String... inputs) {
    return node(operator, Map.of(), output, inputs);
  }

  GraphFile node(String operator, Map<String, ?> attributes, String output, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs)).addOutput(output);
    attributes.forEach((name, value) -> node.addAttribute(WrittenAttribute.of(name, value)));
    graph.addNode(node);
    return this;
  }

  /** Adds a tensor of floats. */
  GraphFile tensor(String name, long[] shape, double... numbers) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    Arrays.stream(shape).forEach(tensor::addDims);
    Arrays.stream(numbers).forEach(number -> tensor.addFloatData((float) number));
    graph.addInitializer(tensor);
    return this;
  }

  GraphFile scalar(String name, double number) {
    return tensor(name, new long[0], number);
  }

  GraphFile integers(String name, Long... numbers) {
    graph.addInitializer(WrittenTensor.ofIntegers(numbers).setName(name));
    return this;
  }

  /** Returns the graph, for what the other methods do not set. */
  GraphProto.Builder graph() {
    return graph;
  }

  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  Network read() throws Exception {
    return read(model());
  }

  static Network read(ModelProto model) throws Exception {
    return NetworkReader.read(ModelReader.of(model.toByteArray(), "test.onnx"), null);
  }
}
