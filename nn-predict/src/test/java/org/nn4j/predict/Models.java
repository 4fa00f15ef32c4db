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
    return file(
        "{\"__metadata__\":{\"format\":\"nn4j\",\"format_version\":\"1\",\"dtype\":\"F32\","
            + "\"architecture\":\""
            + architecture.replace("\"", "\\\"")
            + "\",\"info\":\"{\\\"class_labels\\\":[],\\\"notes\\\":{}}\"}}",
        new byte[0]);
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
