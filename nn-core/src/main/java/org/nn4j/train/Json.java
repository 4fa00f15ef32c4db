package org.nn4j.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Figures as JSON (RFC 8259), which has no number that is not finite: such figures are null. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  @FunctionalInterface
  private interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private Json() {}

  static String of(EpochEnd end) {
    return text(json -> write(end, json));
  }

  static String of(History history) {
    return text(
            json -> {
              json.useDefaultPrettyPrinter();
              json.writeStartObject();
              json.writeStringField("ending", history.ending().kind().name());
              json.writeStringField("reason", history.ending().reason());
              json.writeArrayFieldStart("epochs");
              for (EpochEnd end : history.epochs()) {
                write(end, json);
              }
              json.writeEndArray();
              json.writeEndObject();
            })
        + "\n";
  }

  private static void write(EpochEnd end, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Number> figure : end.figures().entrySet()) {
      json.writeFieldName(figure.getKey());
      if (figure.getValue() instanceof Integer whole) {
        json.writeNumber(whole);
      } else if (Double.isFinite(figure.getValue().doubleValue())) {
        json.writeNumber(figure.getValue().doubleValue());
      } else {
        json.writeNull();
      }
    }
    json.writeEndObject();
  }

  private static String text(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }
}
