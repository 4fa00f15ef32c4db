package org.nn4j.io;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Texts;

/** Conversion of {@link Settings} to JSON and back. */
final class SettingsJson {
  /** Largest integer up to which all integers are exact doubles. */
  private static final double LARGEST_EXACT = 1L << 53;

  private SettingsJson() {}

  /**
   * Returns a double with an integer value as an integer, so that equal numbers are equal values.
   */
  static Number canonical(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT;
    boolean negativeZero = value == 0 && 1 / value < 0;
    if (whole && !negativeZero) {
      return (long) value;
    }
    return value;
  }

  static String write(Settings settings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.factory().createGenerator(text)) {
      write(settings, json, 1);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator json, int depth) throws IOException {
    boolean nests = value instanceof Settings || value instanceof List<?>;
    if (nests && depth > Json.MAX_DEPTH) {
      throw new IllegalArgumentException(
          Require.message(
              "Settings",
              "nesting of at most " + Json.MAX_DEPTH + " levels",
              "more",
              "nest networks less deep"));
    }
    if (value instanceof Settings settings) {
      json.writeStartObject();
      for (Map.Entry<String, Object> entry : settings.values().entrySet()) {
        json.writeFieldName(Json.requireName(entry.getKey(), "Settings"));
        write(entry.getValue(), json, depth + 1);
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(element, json, depth + 1);
      }
      json.writeEndArray();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else {
      json.writeString((String) value);
    }
  }

  static Settings read(String text) {
    try (JsonParser json = Json.factory().createParser(text)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        Settings settings = readObject(json, 1);
        if (json.nextToken() == null) {
          return settings;
        }
      }
      throw unsound("something else", null);
    } catch (IOException e) {
      throw unsound(String.valueOf(e.getMessage()), e);
    }
  }

  private static Settings readObject(JsonParser json, int depth) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      values.put(name, readValue(json, depth));
    }
    return new Settings(values);
  }

  /** Returns the value at the parser's position, nested in {@code depth} objects and lists. */
  private static Object readValue(JsonParser json, int depth) throws IOException {
    JsonToken token = json.currentToken();
    if (token.isStructStart() && depth == Json.MAX_DEPTH) {
      throw unsound("nesting of more than " + Json.MAX_DEPTH + " levels", null);
    }
    if (token == JsonToken.START_OBJECT) {
      return readObject(json, depth + 1);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(readValue(json, depth + 1));
      }
      return Collections.unmodifiableList(list);
    }
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token.isBoolean()) {
      return json.getBooleanValue();
    }
    if (token.isNumeric()) {
      return readNumber(json);
    }
    throw unsound(json.getText(), null);
  }

  private static Number readNumber(JsonParser json) throws IOException {
    if (json.getTextLength() > Json.MAX_NUMBER_LENGTH) {
      throw unsound("a number of " + json.getTextLength() + " characters", null);
    }
    JsonParser.NumberType type = json.getNumberType();
    if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
      return json.getLongValue();
    }
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw unsound(json.getText(), null);
    }
    return canonical(number);
  }

  private static IllegalArgumentException unsound(String found, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        Require.message(
            "Settings",
            "a JSON object of numbers, booleans, strings, objects and lists",
            Texts.brief(found),
            "write the file again, or correct it"),
        cause);
  }
}
