package org.nn4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.nn4j.Require;

/**
 * Writer of a header as JSON, padded with spaces so that the data begin at a multiple of 8 bytes.
 */
final class SafetensorsJsonWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsJsonWriter() {}

  static byte[] write(SafetensorsHeader header) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.factory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!header.metadata().isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : header.metadata().entrySet()) {
          json.writeStringField(
              Json.requireName(entry.getKey(), "Safetensors"),
              Json.requireString(entry.getKey(), entry.getValue(), "Safetensors"));
        }
        json.writeEndObject();
      }
      for (TensorInfo tensor : header.tensors()) {
        write(tensor, json);
      }
      json.writeEndObject();
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    Require.that(
        bytes.size() <= SafetensorsHeader.MAX_BYTES,
        "Safetensors",
        "a header of at most " + SafetensorsHeader.MAX_BYTES + " bytes",
        bytes.size(),
        "shorten names and metadata");
    return bytes.toByteArray();
  }

  private static void write(TensorInfo tensor, JsonGenerator json) throws IOException {
    long[] shape = tensor.dimensions();
    json.writeObjectFieldStart(Json.requireName(tensor.name(), "Safetensors"));
    json.writeStringField(SafetensorsHeader.DTYPE, tensor.dtype());
    json.writeFieldName(SafetensorsHeader.SHAPE);
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName(SafetensorsHeader.OFFSETS);
    json.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
    json.writeEndObject();
  }
}
