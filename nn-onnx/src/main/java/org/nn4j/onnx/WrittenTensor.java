package org.nn4j.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** Exported tensor: its elements in little-endian bytes, row-major. */
final class WrittenTensor {
  private WrittenTensor() {}

  static TensorProto.DataType typeOf(DataType type) {
    return type == DataType.DOUBLE ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT;
  }

  static TensorProto.Builder of(INDArray values, DataType type) {
    try (INDArray copy = values.castTo(type).dup('c')) {
      ByteBuffer bytes = buffer(copy.length() * type.width());
      if (type == DataType.DOUBLE) {
        bytes.asDoubleBuffer().put(copy.data().asDouble());
      } else {
        bytes.asFloatBuffer().put(copy.data().asFloat());
      }
      return tensor(typeOf(type), values.shape()).setRawData(ByteString.copyFrom(bytes));
    }
  }

  static TensorProto.Builder of(List<Double> values, DataType type, long... shape) {
    ByteBuffer bytes = buffer((long) values.size() * type.width());
    for (double value : values) {
      if (type == DataType.DOUBLE) {
        bytes.putDouble(value);
      } else {
        bytes.putFloat((float) value);
      }
    }
    return tensor(typeOf(type), shape).setRawData(ByteString.copyFrom(bytes.flip()));
  }

  static TensorProto.Builder ofIntegers(Long... values) {
    return tensor(TensorProto.DataType.INT64, values.length).addAllInt64Data(Arrays.asList(values));
  }

  static TensorProto.Builder ofStrings(Collection<String> texts) {
    TensorProto.Builder tensor = tensor(TensorProto.DataType.STRING, texts.size());
    texts.forEach(text -> tensor.addStringData(ByteString.copyFromUtf8(text)));
    return tensor;
  }

  /** Returns the type of a value, with the batch before the shape of a sample. */
  static ValueInfoProto info(String name, TensorProto.DataType elements, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam("batch");
    Arrays.stream(shape).forEach(size -> dimensions.addDimBuilder().setDimValue(size));
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(elements.getNumber())
            .setShape(dimensions)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto.Builder tensor(TensorProto.DataType type, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
    Arrays.stream(shape).forEach(tensor::addDims);
    return tensor;
  }
}
