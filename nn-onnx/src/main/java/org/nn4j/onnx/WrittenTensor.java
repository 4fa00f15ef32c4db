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
import org.nn4j.Require;

/** Exported tensor: its elements in little-endian bytes, row-major. */
final class WrittenTensor {
  private WrittenTensor() {}

  static TensorProto.DataType typeOf(DataType type) {
    return type == DataType.DOUBLE ? TensorProto.DataType.DOUBLE : TensorProto.DataType.FLOAT;
  }

  /**
   * Returns the elements of an array.
   *
   * @throws IllegalArgumentException if a finite element is not finite as FLOAT
   */
  static TensorProto.Builder of(String name, INDArray values, DataType type) {
    if (type == DataType.FLOAT && values.dataType() == DataType.DOUBLE) {
      try (INDArray copy = values.dup('c')) {
        return of(name, copy.data().asDouble(), type, values.shape());
      }
    }
    try (INDArray copy = values.castTo(type).dup('c')) {
      ByteBuffer bytes = buffer(copy.length() * type.width());
      if (type == DataType.DOUBLE) {
        bytes.asDoubleBuffer().put(copy.data().asDouble());
      } else {
        bytes.asFloatBuffer().put(copy.data().asFloat());
      }
      return tensor(typeOf(type), values.shape())
          .setName(name)
          .setRawData(ByteString.copyFrom(bytes));
    }
  }

  /**
   * Returns numbers as a tensor.
   *
   * @throws IllegalArgumentException if a finite number is not finite as FLOAT
   */
  static TensorProto.Builder of(String name, List<Double> values, DataType type, long... shape) {
    return of(name, values.stream().mapToDouble(number -> number).toArray(), type, shape);
  }

  private static TensorProto.Builder of(
      String name, double[] values, DataType type, long... shape) {
    ByteBuffer bytes = buffer((long) values.length * type.width());
    for (double value : values) {
      if (type == DataType.DOUBLE) {
        bytes.putDouble(value);
      } else if (Double.isFinite(value) && Float.isInfinite((float) value)) {
        throw beyondFloat(name, "finite", value);
      } else {
        bytes.putFloat((float) value);
      }
    }
    return tensor(typeOf(type), shape).setName(name).setRawData(ByteString.copyFrom(bytes.flip()));
  }

  /** Returns the exception for a constant that changes its meaning as FLOAT. */
  static IllegalArgumentException beyondFloat(String name, String condition, double found) {
    return new IllegalArgumentException(
        Require.message(
            "Onnx.export",
            "constant '" + name + "' with elements that are " + condition + " as FLOAT",
            String.valueOf(found),
            "export as DOUBLE: OnnxOptions.defaults().dataType(DataType.DOUBLE)"));
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
