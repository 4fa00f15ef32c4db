package org.nn4j.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** JSON object in the metadata of a model file; each method refuses unexpected values. */
final class Fields {
  private final TensorFile file;
  private final String place;
  private final Map<?, ?> values;

  private Fields(TensorFile file, String place, Map<?, ?> values) {
    this.file = file;
    this.place = place;
    this.values = values;
  }

  /** Returns the JSON object in a metadata string. */
  static Fields of(TensorFile file, String key) throws ModelFormatException {
    String place = "metadata '".concat(key).concat("'");
    return new Fields(file, place, file.parse(place, file.text(key)));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Refuses other names. */
  void requireOnly(String... names) throws ModelFormatException {
    Set<Object> others = new TreeSet<>(values.keySet());
    others.removeAll(Arrays.asList(names));
    if (!others.isEmpty()) {
      throw file.wrong(place, Arrays.asList(names) + " alone", others);
    }
  }

  String text(String name) throws ModelFormatException {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw wrong(name, "a string");
  }

  boolean truth(String name) throws ModelFormatException {
    if (values.get(name) instanceof Boolean truth) {
      return truth;
    }
    throw wrong(name, "true or false");
  }

  double number(String name) throws ModelFormatException {
    double number = finite(values.get(name));
    if (Double.isNaN(number)) {
      throw wrong(name, "a finite number");
    }
    return number;
  }

  double divisor(String name) throws ModelFormatException {
    double number = number(name);
    if (number == 0) {
      throw wrong(name, "a number other than 0");
    }
    return number;
  }

  double[] numbers(String name) throws ModelFormatException {
    List<?> list = list(name);
    double[] numbers = new double[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = finite(list.get(i));
      if (Double.isNaN(numbers[i])) {
        throw wrong(name, "finite numbers");
      }
    }
    return numbers;
  }

  List<String> texts(String name) throws ModelFormatException {
    List<String> texts = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof String text)) {
        throw wrong(name, "strings");
      }
      texts.add(text);
    }
    return texts;
  }

  Fields object(String name) throws ModelFormatException {
    if (values.get(name) instanceof Map<?, ?> object) {
      return new Fields(file, inner(name), object);
    }
    throw wrong(name, "an object");
  }

  /** Returns one or more objects. */
  List<Fields> objects(String name) throws ModelFormatException {
    List<Fields> objects = new ArrayList<>();
    for (Object value : list(name)) {
      if (!(value instanceof Map<?, ?> object)) {
        throw wrong(name, "objects");
      }
      String place = inner(name).concat(".").concat(Integer.toString(objects.size()));
      objects.add(new Fields(file, place, object));
    }
    if (objects.isEmpty()) {
      throw wrong(name, "one or more objects");
    }
    return objects;
  }

  Set<?> names() {
    return values.keySet();
  }

  private List<?> list(String name) throws ModelFormatException {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "a list");
  }

  private static double finite(Object value) {
    double number = value instanceof Json.Num text ? text.toDouble() : Double.NaN;
    return Double.isInfinite(number) ? Double.NaN : number;
  }

  private String inner(String name) {
    return place.concat(", ").concat(name);
  }

  ModelFormatException wrong(String name, String expected) {
    return wrong(name, expected, values.get(name));
  }

  ModelFormatException wrong(String name, String expected, Object found) {
    return file.wrong(inner(name), expected, found == null ? "none" : found);
  }
}
