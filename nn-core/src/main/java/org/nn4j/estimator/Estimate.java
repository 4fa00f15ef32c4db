package org.nn4j.estimator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.Require;

/**
 * Prediction of a regressor for one row. Immutable and thread-safe.
 *
 * @param values of each target column, in its own units, in the order of the outputs
 */
public record Estimate(Map<String, Double> values) {
  /**
   * Copies the values.
   *
   * @param values of each target column
   */
  public Estimate {
    Require.notNull(values, "Estimate", "values");
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Returns the value of the only target.
   *
   * @return in the units of the column
   * @throws IllegalStateException if there are several targets
   */
  public double value() {
    if (values.size() != 1) {
      throw new IllegalStateException(
          Require.message(
              "Estimate", "one target", values.keySet().toString(), "call value(name)"));
    }
    return values.values().iterator().next();
  }

  /**
   * Returns the value of a target.
   *
   * @param target the name of its column
   * @return in the units of the column
   * @throws IllegalArgumentException if there is no such target
   */
  public double value(String target) {
    Require.notNull(target, "Estimate.value", "target");
    Double value = values.get(target);
    if (value == null) {
      throw new IllegalArgumentException(
          Require.message(
              "Estimate",
              "one of the targets " + String.join(", ", values.keySet()),
              "'" + target + "'",
              "pass one of them"));
    }
    return value;
  }
}
