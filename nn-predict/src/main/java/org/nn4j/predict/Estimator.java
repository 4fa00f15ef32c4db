package org.nn4j.predict;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Saved network with the encoding of raw rows and the conversion of outputs to predictions.
 *
 * <pre>
 * x = encoding of the raw row,  y = network(x),  prediction = conversion of y
 * </pre>
 *
 * <p>A raw row is one of: a {@code Map} by the names of the features; a {@code List} of values or
 * strings in the order of the features; a {@code record} with a component for each feature; numbers
 * in the order of the features. Null, NaN and empty strings are missing values. A network without
 * named features takes an array or a list of numbers, and scales them.
 *
 * <p>Predictions and messages equal those of the class of the same name in nn-core, apart from
 * rounding. Thread-safe. Serializable as the bytes of the model file.
 *
 * @param <A> the type of a prediction
 */
public abstract sealed class Estimator<A> implements Serializable permits Classifier, Regressor {
  @Serial private static final long serialVersionUID = 1L;

  private static final String PREDICT = "Estimator.predict";
  private static final String PREDICT_ALL = "Estimator.predictAll";
  private static final String ROW = "row";

  /** The network, whose bytes are the serialized form. */
  private final Predictor predictor;

  /** Null for a network without named features. */
  private final transient Features features;

  Estimator(Predictor predictor) {
    this.predictor = predictor;
    this.features = predictor.info().features;
  }

  /** Returns the prediction for the outputs of one row. */
  abstract A prediction(float[] outputs);

  /** Returns an estimator of the same type for a deserialized predictor. */
  abstract Estimator<A> again(Predictor read);

  /**
   * Returns the predictor.
   *
   * @return the predictor, which takes encoded rows
   */
  public final Predictor predictor() {
    return predictor;
  }

  /**
   * Returns the names of the features.
   *
   * @return in the order of a row; empty for a network of plain numbers
   */
  public final List<String> features() {
    return features == null ? Collections.emptyList() : features.names();
  }

  /**
   * Predicts for a row of values by name, such as a request in JSON.
   *
   * @param row a value for each feature; null for a missing one
   * @return the prediction
   * @throws FeatureException if a feature is not in the row, the row has another, or a value is
   *     refused
   * @throws IllegalStateException if an output of the network is not finite
   */
  public final A predict(Map<String, ?> row) {
    return predictOne(row);
  }

  /**
   * Predicts for a row of values in the order of the features, such as the fields of a line of a
   * CSV file without its label.
   *
   * @param row a value or string for each feature; null or "" for a missing one
   * @return the prediction
   * @throws IllegalArgumentException if a value is refused, or the row has another length
   */
  public final A predict(List<?> row) {
    return predictOne(row);
  }

  /**
   * Predicts for a record with a component for each feature.
   *
   * @param row the record; null or an empty {@code Optional} for a missing component
   * @return the prediction
   * @throws IllegalArgumentException if a component is missing, unknown or refused
   */
  public final A predict(Record row) {
    return predictOne(row);
  }

  /**
   * Predicts for raw numbers in the order of the features, such as the pixels of a picture.
   *
   * @param row a number for each feature; NaN for a missing one
   * @return the prediction
   * @throws IllegalArgumentException if a number is refused, a feature is no number, or the row has
   *     another length
   */
  public final A predict(float... row) {
    return predictOne(row);
  }

  /**
   * Predicts for raw numbers in double precision.
   *
   * @param row a number for each feature; NaN for a missing one
   * @return the prediction
   * @throws IllegalArgumentException as of {@link #predict(float...)}
   */
  public final A predict(double... row) {
    return predictOne(row);
  }

  private A predictOne(Object row) {
    return checkedPrediction(predictor.predict(encode(Texts.notNull(row, PREDICT, ROW))), -1);
  }

  /**
   * Returns the prediction for the outputs of a row; its index is below 0 if it is the only one.
   */
  private A checkedPrediction(float[] outputs, int index) {
    for (float output : outputs) {
      if (Float.isNaN(output) || Float.isInfinite(output)) {
        throw new IllegalStateException(
            Texts.message(
                toString(),
                "finite outputs of the network",
                "NaN or infinite ones" + (index < 0 ? "" : " for the row at index " + index),
                "check the row for huge numbers, or train again with a smaller learning rate"));
      }
    }
    return prediction(outputs);
  }

  /**
   * Predicts for several rows.
   *
   * @param several each a map, a list, a record, or an array of float or double
   * @return the predictions in the same order; empty for no rows
   * @throws FeatureException if a feature of a row is refused, missing or unknown
   * @throws IllegalArgumentException if a row is refused for another reason
   */
  public final List<A> predictAll(Collection<?> several) {
    List<Object> list = new ArrayList<>(Texts.notNull(several, PREDICT_ALL, "several"));
    float[][] inputs = new float[list.size()][];
    if (list.contains(null)) {
      Texts.notNull(null, PREDICT_ALL, "several[" + list.indexOf(null) + "]");
    }
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = inputs.length == 1 ? encode(list.get(0)) : encode(i, list.get(i));
    }
    List<A> predictions = new ArrayList<>();
    float[][] outputs = predictor.predict(inputs);
    for (int i = 0; i < outputs.length; i++) {
      predictions.add(checkedPrediction(outputs[i], outputs.length == 1 ? -1 : i));
    }
    return Collections.unmodifiableList(predictions);
  }

  private float[] encode(int index, Object row) {
    try {
      return encode(row);
    } catch (FeatureException e) {
      throw e.inRow(index);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("row at index " + index + ", " + e.getMessage(), e);
    }
  }

  private float[] encode(Object row) {
    if (row instanceof double[] numbers) {
      return encodeNumbers(numbers);
    }
    if (row instanceof float[] numbers) {
      double[] doubles = new double[numbers.length];
      List<Object> floats = new ArrayList<>(); // 0.1f is the category 0.1
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = numbers[i];
        floats.add(Float.isNaN(numbers[i]) ? null : (Object) numbers[i]);
      }
      return features == null ? encodeNumbers(doubles) : features.encode(floats);
    }
    if (features == null) {
      return encodeNumbers(numbers(row));
    }
    if (isRecord(row)) {
      return features.encodeRecord(row);
    }
    if (row instanceof List<?> values) {
      return features.encode(values);
    }
    if (row instanceof Map<?, ?> values) {
      Map<String, Object> byName = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : values.entrySet()) {
        byName.put(String.valueOf(entry.getKey()), entry.getValue());
      }
      return features.encode(byName);
    }
    throw refused("a map, list, record, float[] or double[]", row, "pass the row as one of these");
  }

  /** Returns the numbers of a row without names. */
  private double[] numbers(Object row) {
    List<?> values = row instanceof List<?> list ? list : Collections.singletonList(null);
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(values.get(i) instanceof Number number)) {
        throw refused(
            "numbers, because the network has no named features",
            row,
            "pass a float[], a double[] or a list of numbers");
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  private IllegalArgumentException refused(String expected, Object row, String remedy) {
    return new IllegalArgumentException(
        Texts.message(
            toString(), expected, row.getClass().getSimpleName() + " " + Texts.brief(row), remedy));
  }

  @NewerThanApi24
  private static boolean isRecord(Object row) {
    return row instanceof Record;
  }

  private float[] encodeNumbers(double[] numbers) {
    if (features != null) {
      return features.encode(numbers);
    }
    if (numbers.length != predictor.inputSize()) {
      throw new IllegalArgumentException(
          Texts.message(
              toString(),
              predictor.inputSize() + " numbers",
              numbers.length + " numbers",
              "pass all numbers of one sample"));
    }
    for (int i = 0; i < numbers.length; i++) {
      if (Double.isNaN(numbers[i]) || Double.isInfinite(numbers[i])) {
        throw new IllegalArgumentException(
            Texts.message(
                toString(),
                "finite numbers",
                numbers[i] + " at index " + i,
                "fill it in: only named features have a rule for missing values"));
      }
    }
    float[] x = predictor.info().scaled(numbers);
    for (int i = 0; i < x.length; i++) {
      if (Float.isInfinite(x[i])) {
        throw new IllegalArgumentException(
            Texts.message(
                toString(),
                "numbers that are in the range of float when they are scaled",
                numbers[i] + " at index " + i,
                "correct the number or its unit"));
      }
    }
    return x;
  }

  /**
   * Replaces a deserialized form by an estimator of its predictor.
   *
   * @return the estimator
   * @throws InvalidObjectException if the predictor is no such estimator
   */
  @Serial
  final Object readResolve() throws ObjectStreamException {
    try {
      return again(predictor);
    } catch (RuntimeException e) {
      InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
      invalid.initCause(e);
      throw invalid;
    }
  }

  /** Returns the names of the features for {@link #toString}. */
  final String describeInput() {
    return features == null ? "numbers" : "Features(" + Texts.join(", ", features.names()) + ")";
  }
}
