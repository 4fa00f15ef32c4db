package org.nn4j.onnx;

import java.util.List;
import onnx.Onnx.AttributeProto;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.ByteString;
import org.nn4j.Require;

/** Attribute of an exported node. */
final class WrittenAttribute {
  private WrittenAttribute() {}

  /**
   * Returns an attribute.
   *
   * @throws IllegalArgumentException if the value has another type, or is finite, but not as FLOAT
   */
  static AttributeProto of(String name, @Nullable Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer || value instanceof Long) {
      attribute.setType(AttributeProto.AttributeType.INT).setI(((Number) value).longValue());
    } else if (value instanceof Float || value instanceof Double) {
      attribute.setType(AttributeProto.AttributeType.FLOAT);
      attribute.setF(rounded(name, ((Number) value).doubleValue()));
    } else if (value instanceof String text) {
      attribute.setType(AttributeProto.AttributeType.STRING);
      attribute.setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      list.forEach(element -> add(attribute, of(name, element)));
    } else {
      throw new IllegalArgumentException(
          Require.message(
              "OnnxGraph.node",
              "attribute '" + name + "' of integers, floating-point numbers or strings",
              String.valueOf(value),
              "pass one of these, or a list of one or more"));
    }
    return attribute.build();
  }

  private static float rounded(String name, double value) {
    Require.that(
        Float.isFinite((float) value) || !Double.isFinite(value),
        "OnnxGraph.node",
        "attribute '" + name + "' that is finite as FLOAT",
        value,
        "pass a number of at most 3.4E38");
    return (float) value;
  }

  private static void add(AttributeProto.Builder list, AttributeProto element) {
    switch (element.getType()) {
      case INT -> list.setType(AttributeProto.AttributeType.INTS).addInts(element.getI());
      case FLOAT -> list.setType(AttributeProto.AttributeType.FLOATS).addFloats(element.getF());
      default -> list.setType(AttributeProto.AttributeType.STRINGS).addStrings(element.getS());
    }
  }
}
