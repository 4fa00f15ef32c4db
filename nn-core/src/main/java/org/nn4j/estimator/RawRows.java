package org.nn4j.estimator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;
import org.nn4j.data.InputScaling;
import org.nn4j.data.feature.FeatureException;
import org.nn4j.data.feature.Features;
import org.nn4j.internal.Texts;
import org.nn4j.model.Network;

/** Encoding of raw rows of any form, by named features or as plain numbers. */
final class RawRows {
  private final Object who;
  private final @Nullable Features features;
  private final @Nullable InputScaling scaling;
  private final Network network;

  /**
   * Creates the encoding of a network.
   *
   * @param who the object that messages name
   */
  RawRows(Object who, Network network) {
    this.who = who;
    this.network = network;
    this.features = network.info().features().orElse(null);
    this.scaling = network.info().inputScaling().orElse(null);
  }

  Optional<Features> namedFeatures() {
    return Optional.ofNullable(features);
  }

  Features features() {
    if (features == null) {
      throw new IllegalStateException(
          Require.message(
              who.toString(),
              "named features",
              "a network of plain numbers",
              "pass numbers to predict(...)"));
    }
    return features;
  }

  double[] encode(Object row) {
    if (row instanceof double[] numbers) {
      return encodeNumbers(numbers);
    }
    if (row instanceof float[] numbers) {
      double[] doubles = new double[numbers.length];
      List<@Nullable Float> floats = new ArrayList<>(); // 0.1f is the category 0.1
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = numbers[i];
        floats.add(Float.isNaN(numbers[i]) ? null : (Float) numbers[i]);
      }
      return features == null ? encodeNumbers(doubles) : features.encode(floats);
    }
    if (features == null) {
      return encodeNumbers(numbers(row));
    }
    if (row instanceof Record components) {
      return features.encode(components);
    }
    if (row instanceof List<?> values) {
      return features.encode(values);
    }
    if (row instanceof Map<?, ?> values) {
      Map<String, @Nullable Object> byName = new LinkedHashMap<>();
      values.forEach((name, value) -> byName.put(String.valueOf(name), value));
      return features.encode(byName);
    }
    throw refused("a map, list, record, float[] or double[]", row, "pass the row as one of these");
  }

  /** Encodes rows; a message names the refused one of several. */
  double[][] encodeAll(List<?> rows) {
    if (rows.size() == 1) {
      return new double[][] {encode(rows.get(0))};
    }
    double[][] x = new double[rows.size()][];
    for (int i = 0; i < x.length; i++) {
      try {
        x[i] = encode(rows.get(i));
      } catch (FeatureException e) {
        throw e.inRow(i);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("row at index " + i + ", " + e.getMessage(), e);
      }
    }
    return x;
  }

  /** Returns the numbers of a row without names. */
  private double[] numbers(Object row) {
    if (row instanceof List<?> values && values.stream().allMatch(Number.class::isInstance)) {
      return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }
    throw refused(
        "numbers, because the network has no named features",
        row,
        "pass a float[], a double[] or a list of numbers");
  }

  private IllegalArgumentException refused(String expected, Object row, String remedy) {
    return new IllegalArgumentException(
        Require.message(
            who.toString(),
            expected,
            row.getClass().getSimpleName() + " " + Texts.brief(row),
            remedy));
  }

  private double[] encodeNumbers(double... numbers) {
    if (features != null) {
      return features.encode(numbers);
    }
    long inputs = network.inputShape().size();
    if (numbers.length != inputs) {
      throw new IllegalArgumentException(
          Require.message(
              who.toString(),
              inputs + " numbers",
              numbers.length + " numbers",
              "pass all numbers of one sample"));
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            Require.message(
                who.toString(),
                "finite numbers",
                numbers[i] + " at index " + i,
                "fill it in: only named features have a rule for missing values"));
      }
    }
    double[] x = scaling == null ? numbers : scaling.apply(numbers);
    boolean isFloat = network.dataType() == DataType.FLOAT;
    for (int i = 0; i < x.length; i++) {
      if (!(isFloat ? Float.isFinite((float) x[i]) : Double.isFinite(x[i]))) {
        throw new IllegalArgumentException(
            Require.message(
                who.toString(),
                "numbers that are in the range of "
                    + (isFloat ? "float" : "double")
                    + " when they are scaled",
                numbers[i] + " at index " + i,
                "correct the number or its unit"));
      }
    }
    return x;
  }
}
