package org.nn4j.data.feature;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;

/**
 * Features of a network in the order of its inputs; they encode raw rows.
 *
 * <pre>{@code
 * double[] x = features.encode(Map.of("age", 33, "plan", "basic"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Features {
  private static final String WHO = "Features";

  private final List<Feature> list;
  private final List<String> names;
  private final List<String> inputs;

  private Features(List<Feature> list) {
    this.list = list;
    this.names = list.stream().map(Feature::name).toList();
    this.inputs = list.stream().flatMap(feature -> feature.inputs().stream()).toList();
  }

  /**
   * Returns features in the given order.
   *
   * @param features one or more
   * @return the features
   * @throws IllegalArgumentException if there is none, or two have the same name
   */
  public static Features of(List<Feature> features) {
    Checks.noNulls(features, WHO, "features");
    List<String> names = features.stream().map(Feature::name).toList();
    Require.that(
        !names.isEmpty() && new HashSet<>(names).size() == names.size(),
        WHO,
        "one or more features of different names",
        "[" + Texts.list(names) + "]");
    return new Features(List.copyOf(features));
  }

  /**
   * Returns the features.
   *
   * @return in the order of a raw row
   */
  public List<Feature> list() {
    return list;
  }

  /**
   * Returns the names of the features.
   *
   * @return in the order of a raw row
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the names of the inputs: {@code column}, or {@code column=category} for each category.
   *
   * @return one name for each input of the network
   */
  public List<String> inputs() {
    return inputs;
  }

  /**
   * Returns the index of the first input of a feature.
   *
   * @param name the name of the feature
   * @return an index into {@link #inputs}
   * @throws IllegalArgumentException if there is no such feature
   */
  public int offset(String name) {
    int index = names.indexOf(Require.notNull(name, "Features.offset", "name"));
    Require.that(
        index >= 0, WHO, "one of the features " + Texts.list(names), "'" + Texts.brief(name) + "'");
    return list.subList(0, index).stream().mapToInt(Feature::width).sum();
  }

  /**
   * Encodes a row of values by name.
   *
   * @param row a value for each feature; null for a missing one
   * @return {@code [inputs]}
   * @throws FeatureException if a feature is missing or unknown, or a value is refused
   */
  public double[] encode(Map<String, ?> row) {
    Require.notNull(row, "Features.encode", "row");
    List<@Nullable Object> values = new ArrayList<>();
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
      String other =
          row.keySet().stream()
              .map(String::valueOf)
              .filter(name -> !names.contains(name))
              .sorted()
              .findFirst()
              .orElseThrow();
      throw new FeatureException(
          other,
          "one of the features " + Texts.list(names),
          "'" + Texts.brief(other) + "'",
          "remove it from the row");
    }
    return encode(values);
  }

  /**
   * Encodes a row of values in order, such as the fields of a line of a CSV file.
   *
   * @param row a value for each feature, in the order of {@link #names}; null for a missing one
   * @return {@code [inputs]}
   * @throws FeatureException if a value is refused
   * @throws IllegalArgumentException if the row has another length
   */
  public double[] encode(List<? extends @Nullable Object> row) {
    Require.notNull(row, "Features.encode", "row");
    if (row.size() != names.size()) { // no message is built for a row that fits
      throw new IllegalArgumentException(
          Require.message(
              WHO,
              names.size() + " values: " + Texts.list(names),
              row.size() + " values",
              "pass a value for each feature, in this order"));
    }
    double[] numbers = new double[inputs.size()];
    int at = 0;
    for (int i = 0; i < row.size(); i++) {
      list.get(i).encode(row.get(i), numbers, at);
      at += list.get(i).width();
    }
    return numbers;
  }

  /**
   * Encodes a row of numbers in order.
   *
   * @param row a number for each feature, in the order of {@link #names}; NaN for a missing one
   * @return {@code [inputs]}
   * @throws FeatureException if a value is refused
   * @throws IllegalArgumentException if the row has another length
   */
  public double[] encode(double... row) {
    Require.notNull(row, "Features.encode", "row");
    return encode(Arrays.stream(row).mapToObj(x -> Double.isNaN(x) ? null : x).toList());
  }

  /**
   * Encodes a record by the names of its components.
   *
   * @param row a record with a component for each feature; null or an empty {@code Optional} for a
   *     missing one
   * @return {@code [inputs]}
   * @throws FeatureException if a component is missing or unknown, or a value is refused
   * @throws IllegalArgumentException if the record's class is not accessible
   */
  public double[] encode(Record row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (RecordComponent component :
        Require.notNull(row, "Features.encode", "row").getClass().getRecordComponents()) {
      values.put(component.getName(), value(row, component));
    }
    return encode(values);
  }

  private static @Nullable Object value(Record row, RecordComponent component) {
    try {
      component.getAccessor().trySetAccessible();
      return withoutOptional(component.getAccessor().invoke(row));
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          Require.message(
              WHO,
              "a component '" + component.getName() + "' that can be read",
              String.valueOf(e.getCause()),
              "correct the record's accessor"),
          e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          Require.message(
              WHO,
              "a record whose components can be read",
              row.getClass().getName() + "." + component.getName() + ": " + e,
              "make the record public, or open its package"),
          e);
    }
  }

  private static @Nullable Object withoutOptional(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? optional.getAsDouble() : null;
    }
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Features features && list.equals(features.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return "Features(" + String.join(", ", names) + ")";
  }
}
