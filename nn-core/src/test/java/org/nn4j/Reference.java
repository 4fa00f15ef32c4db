package org.nn4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One case of the reference values, computed with PyTorch 1.13 in float64. */
public record Reference(JsonObject json) {
  public static List<Reference> cases(String file) {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(Reference.class.getResourceAsStream("/reference/" + file)),
            UTF_8)) {
      List<Reference> cases = new ArrayList<>();
      for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
        cases.add(new Reference(element.getAsJsonObject()));
      }
      return cases;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public boolean has(String field) {
    return json.has(field);
  }

  public String string(String field) {
    return json.has(field) ? json.get(field).getAsString() : "";
  }

  public double number(String field) {
    return json.get(field).getAsDouble();
  }

  public double number(String field, double otherwise) {
    return json.has(field) ? number(field) : otherwise;
  }

  public Reference object(String field) {
    return new Reference(json.getAsJsonObject(field));
  }

  public List<String> strings(String field) {
    return json.getAsJsonArray(field).asList().stream().map(JsonElement::getAsString).toList();
  }

  public double[] vector(String field) {
    return doubles(json.getAsJsonArray(field));
  }

  public INDArray array(String field, DataType type) {
    return toArray(json.getAsJsonArray(field), type);
  }

  public List<INDArray> arrays(String field, DataType type) {
    return json.getAsJsonArray(field).asList().stream()
        .map(element -> toArray(element.getAsJsonArray(), type))
        .toList();
  }

  private static INDArray toArray(JsonArray rows, DataType type) {
    if (!rows.get(0).isJsonArray()) {
      return Nd4j.createFromArray(doubles(rows)).castTo(type);
    }
    double[][] matrix = new double[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = doubles(rows.get(i).getAsJsonArray());
    }
    return Nd4j.createFromArray(matrix).castTo(type);
  }

  private static double[] doubles(JsonArray numbers) {
    return numbers.asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
  }

  @Override
  public String toString() {
    return json.entrySet().stream()
        .filter(entry -> !entry.getValue().isJsonArray())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .toList()
        .toString();
  }
}
