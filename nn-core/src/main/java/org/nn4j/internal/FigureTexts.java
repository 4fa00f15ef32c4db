package org.nn4j.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formatting of named numbers: CSV lines, JSON objects, rounded for a table. */
public final class FigureTexts {
  private static final JsonFactory JSON = new JsonFactory();

  /** Writer of JSON content. */
  @FunctionalInterface
  public interface JsonContent {
    /** Writes the content. */
    void writeTo(JsonGenerator json) throws IOException;
  }

  private FigureTexts() {}

  /** Returns a header line in CSV (RFC 4180, except that lines end in a line feed). */
  public static String csvHeader(Collection<String> names) {
    return names.stream().map(FigureTexts::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns a line of figures in CSV, in the order of the names; a missing figure is empty. */
  public static String csvRow(Collection<String> names, Map<String, Number> figures) {
    return names.stream()
        .map(name -> figures.containsKey(name) ? String.valueOf(figures.get(name)) : "")
        .collect(Collectors.joining(",", "", "\n"));
  }

  /** Returns the JSON of a writer. */
  public static String json(JsonContent content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  /** Writes figures as a JSON object (RFC 8259); a figure that is not finite is null. */
  public static void write(Map<String, Number> figures, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Number> figure : figures.entrySet()) {
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

  /** Returns a figure rounded to about four digits. */
  public static String rounded(double figure) {
    boolean large = Math.abs(figure) >= 1000;
    boolean small = figure != 0 && Math.abs(figure) < 1e-3;
    return String.format(Locale.ROOT, large ? "%,.0f" : small ? "%.2e" : "%.4f", figure);
  }
}
