package org.nn4j.internal.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nn4j.io.FileAccess;
import org.nn4j.io.ModelFormatException;

/**
 * ONNX file as a protobuf message, checked for size, depth and version.
 *
 * @param name the file, for messages
 * @param bytes the size of the file
 * @param opset the version of ONNX's operators
 * @param proto the message
 * @param metadata its metadata
 */
public record ModelReader(
    String name, long bytes, int opset, ModelProto proto, Map<String, String> metadata) {
  private static final int OLDEST = 1;
  private static final int NEWEST = 24;

  /**
   * Reads a file.
   *
   * @param file an ONNX file
   * @return its content
   * @throws ModelFormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static ModelReader of(Path file) throws IOException {
    FileAccess.requireReadable(file);
    if (Files.size(file) > Integer.MAX_VALUE - 8) {
      throw damaged(file.toString(), "more than 2 GB", null);
    }
    return of(Files.readAllBytes(file), file.toString());
  }

  /**
   * Reads the bytes of a file.
   *
   * @param bytes an ONNX file
   * @param name the file, for messages
   * @return its content
   * @throws ModelFormatException if it is damaged
   */
  public static ModelReader of(byte[] bytes, String name) throws ModelFormatException {
    ModelProto proto;
    try {
      ProtoScan.check(bytes, ModelProto.getDescriptor());
      proto = ModelProto.parseFrom(CodedInputStream.newInstance(bytes));
    } catch (IOException e) {
      throw damaged(name, String.valueOf(e.getMessage()), e);
    }
    if (!proto.hasGraph() || proto.getGraph().getOutputCount() == 0) {
      throw damaged(name, proto.hasGraph() ? "a graph without outputs" : "no graph", null);
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    proto.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return new ModelReader(name, bytes.length, opset(proto, name), proto, metadata);
  }

  private static int opset(ModelProto proto, String name) throws ModelFormatException {
    for (OperatorSetIdProto set : proto.getOpsetImportList()) {
      if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
        if (set.getVersion() >= OLDEST && set.getVersion() <= NEWEST) {
          return (int) set.getVersion();
        }
        throw new ModelFormatException(
            name,
            "opset",
            OLDEST + " to " + NEWEST,
            String.valueOf(set.getVersion()),
            "export the model with opset 17");
      }
    }
    throw new ModelFormatException(
        name, "opset", OLDEST + " to " + NEWEST, "none", "export the model with opset 17");
  }

  private static ModelFormatException damaged(
      String name, String found, @Nullable IOException cause) {
    return new ModelFormatException(
        name, "content", "an ONNX model", found, "copy the file again", cause);
  }
}
