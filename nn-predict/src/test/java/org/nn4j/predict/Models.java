package org.nn4j.predict;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Model files made by hand. */
final class Models {
  private Models() {}

  static String network(String input, String layers, String output) {
    return "{\"type\":\"Network\",\"input\":"
        + input
        + ",\"layers\":["
        + layers
        + "],\"output\":"
        + output
        + "}";
  }

  /** A file without tensors. */
  static byte[] withArchitecture(String architecture) {
    return with(architecture, "{\"class_labels\":[],\"notes\":{}}");
  }

  /** A file without tensors of an activation of three elements. */
  static byte[] withInfo(String activation, String info) {
    String layer =
        "{\"type\":\"Activation\",\"activation\":{\"type\":\"" + activation + "\"},\"output\":[3]}";
    return with(network("[3]", layer, "[3]"), info);
  }

  /** A file without tensors, with an info. */
  static byte[] with(String architecture, String info) {
    return file(
        "{\"__metadata__\":{\"format\":\"nn4j\",\"format_version\":\"2\",\"dtype\":\"F32\","
            + "\"architecture\":"
            + quoted(architecture)
            + ",\"info\":"
            + quoted(info)
            + ",\"training\":"
            + quoted("{\"frozen\":[]}")
            + "}}",
        new byte[0]);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    bytes.writeBytes(json);
    bytes.writeBytes(data);
    return bytes.toByteArray();
  }
}
