package org.nn4j.examples.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.estimator.Prediction;

/** Rows and predictions as JSON. */
public final class PredictionJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Rows of a request.
   *
   * @param rows maps by feature, or lists of values in the order of the features
   * @param single whether the request has one row outside an array of rows
   */
  record Rows(List<?> rows, boolean single) {}

  private PredictionJson() {}

  /**
   * Reads an object of features, an array of their values, or an array of such rows.
   *
   * @throws IllegalArgumentException if it is something else, or not JSON
   */
  static Rows read(byte[] body) {
    try (JsonParser json = FACTORY.createParser(body)) {
      Rows rows = rows(json);
      if (json.nextToken() != null) {
        throw refused(json.currentToken() + " after the end");
      }
      return rows;
    } catch (JsonProcessingException e) {
      throw refused(e.getOriginalMessage());
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static IllegalArgumentException refused(String found) {
    return new IllegalArgumentException(
        Require.message(
            "request",
            "a JSON object such as {\"age\": 33, \"plan\": \"basic\"}, or an array",
            found,
            "send a value for each feature"));
  }

  private static Rows rows(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_OBJECT) {
      return new Rows(List.of(row(json)), true);
    }
    if (first != JsonToken.START_ARRAY) {
      throw refused(String.valueOf(first));
    }
    List<@Nullable Object> items = new ArrayList<>();
    int rows = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean isRow = json.currentToken().isStructStart();
      items.add(isRow ? row(json) : value(json));
      rows += isRow ? 1 : 0;
    }
    if (rows != 0 && rows != items.size()) {
      throw refused("rows and values in one array");
    }
    return rows == items.size() ? new Rows(items, false) : new Rows(List.of(items), true);
  }

  private static Object row(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      List<@Nullable Object> values = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        values.add(value(json));
      }
      return values;
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      row.put(name, value(json));
    }
    return row;
  }

  private static @Nullable Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw refused("an object or array in a row");
    };
  }

  /** Returns an object with the label and probabilities. */
  static Map<String, Object> of(Prediction prediction) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("label", prediction.label());
    object.put("probability", prediction.probability());
    object.put("probabilities", prediction.probabilities());
    return object;
  }

  /** Writes maps, lists, strings, numbers and booleans. */
  public static String write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Map<?, ?> object) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof List<?> array) {
      json.writeStartArray();
      for (Object element : array) {
        write(element, json);
      }
      json.writeEndArray();
    } else {
      json.writePOJO(value); // a string, number or boolean
    }
  }
}
