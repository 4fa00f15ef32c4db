package org.nn4j.internal.onnx;

import java.io.IOException;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.Descriptors.Descriptor;
import org.nd4j.shade.protobuf.Descriptors.FieldDescriptor;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.nd4j.shade.protobuf.WireFormat;

/**
 * Walk over the bytes of a protobuf message before it is parsed: checks lengths, depth and the
 * number of messages, and allocates nothing. A message of two bytes becomes an object of a hundred.
 */
final class ProtoScan {
  private static final int DEEPEST = 40;
  private static final int MAX_MESSAGES = 250_000;

  private final CodedInputStream in;
  private int messages;

  private ProtoScan(byte[] bytes) {
    this.in = CodedInputStream.newInstance(bytes);
  }

  /**
   * Checks a message.
   *
   * @throws IOException if it is damaged, nested too deep, or has too many parts
   */
  static void check(byte[] bytes, Descriptor type) throws IOException {
    new ProtoScan(bytes).scan(type, 0);
  }

  private void scan(Descriptor type, int depth) throws IOException {
    if (depth > DEEPEST || ++messages > MAX_MESSAGES) {
      throw new InvalidProtocolBufferException(
          depth > DEEPEST
              ? "messages nested deeper than " + DEEPEST
              : "more than " + MAX_MESSAGES + " messages");
    }
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      int wire = WireFormat.getTagWireType(tag);
      if (wire == WireFormat.WIRETYPE_START_GROUP || wire == WireFormat.WIRETYPE_END_GROUP) {
        throw new InvalidProtocolBufferException("a group, which ONNX does not have");
      }
      boolean isMessage =
          field != null
              && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && wire == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (isMessage) {
        int outer = in.pushLimit(in.readRawVarint32());
        scan(field.getMessageType(), depth + 1);
        in.checkLastTagWas(0);
        in.popLimit(outer);
      } else {
        in.skipField(tag);
      }
    }
  }
}
