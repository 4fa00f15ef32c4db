package org.nn4j.predict;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Features of a network in the order of its inputs. Immutable. */
final class Features {
  private static final String WHO = "Features";

  private final List<Feature> list;
  private final List<String> names = new ArrayList<>();
  private final long size;

  /** One or more features of different names. */
  Features(List<Feature> list) {
    this.list = list;
    long elements = 0;
    for (Feature feature : list) {
      names.add(feature.name);
      elements += feature.size;
    }
    this.size = elements;
  }

  List<String> names() {
    return Collections.unmodifiableList(names);
  }

  /** Returns the elements of an input. */
  long size() {
    return size;
  }

  /** Encodes a row of values by name. */
  float[] encode(Map<String, ?> row) {
    List<Object> values = new ArrayList<>();
    for (String name : names) {
      if (!row.containsKey(name)) {
        throw new FeatureException(
            name,
            "a value",
            "only [" + Texts.list(row.keySet()) + "]",
            "add it, with null if the value is missing");
      }
      values.add(row.get(name));
    }
    if (row.size() > names.size()) {
      Set<String> others = new HashSet<>(row.keySet());
      others.removeAll(names);
      String other = Collections.min(others);
      throw new FeatureException(
          other,
          "one of the features " + Texts.list(names),
          "'" + Texts.brief(other) + "'",
          "remove it from the row");
    }
    return encode(values);
  }

  /** Encodes a row of values in order. */
  float[] encode(List<?> row) {
    if (row.size() != names.size()) {
      throw new IllegalArgumentException(
          Texts.message(
              WHO,
              names.size() + " values: " + Texts.list(names),
              row.size() + " values",
              "pass a value for each feature, in this order"));
    }
    float[] input = new float[(int) size];
    int at = 0;
    int i = 0;
    for (Object value : row) {
      Feature feature = list.get(i++);
      feature.encode(value, input, at);
      at += feature.size;
    }
    return input;
  }

  /** Encodes a row of numbers in order; NaN is missing. */
  float[] encode(double[] row) {
    List<Object> values = new ArrayList<>();
    for (double number : row) {
      values.add(Double.isNaN(number) ? null : (Object) number);
    }
    return encode(values);
  }

  /** Encodes a record by the names of its components. */
  float[] encodeRecord(Object row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : row.getClass().getDeclaredFields()) { // RecordComponent needs API 34
      if (!Modifier.isStatic(field.getModifiers())) {
        values.put(field.getName(), value(row, field.getName()));
      }
    }
    return encode(values);
  }

  private static Object value(Object row, String component) {
    try {
      Method accessor = row.getClass().getDeclaredMethod(component);
      try {
        accessor.setAccessible(true);
      } catch (RuntimeException e) { // its module is closed; the component may still be public
      }
      return withoutOptional(accessor.invoke(row));
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          Texts.message(
              WHO,
              "a component '" + component + "' that can be read",
              String.valueOf(e.getCause()),
              "correct the record's accessor"),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          Texts.message(
              WHO,
              "a record whose components can be read",
              row.getClass().getName() + "." + component + ": " + e,
              "make the record public, or open its package"),
          e);
    }
  }

  private static Object withoutOptional(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? (Object) optional.getAsInt() : null;
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? (Object) optional.getAsLong() : null;
    }
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? (Object) optional.getAsDouble() : null;
    }
    return value;
  }
}
