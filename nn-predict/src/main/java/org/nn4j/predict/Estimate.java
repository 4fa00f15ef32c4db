package org.nn4j.predict;

import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;

/** Prediction of a regressor for one row. Immutable and thread-safe. */
public final class Estimate implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** By the name of the column, in the order of the outputs. */
  private final Map<String, Double> values;

  Estimate(Map<String, Double> values) {
    this.values = Collections.unmodifiableMap(values);
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
          Texts.message("Estimate", "one target", values.keySet().toString(), "call value(name)"));
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
    Double value = values.get(Texts.notNull(target, "Estimate.value", "target"));
    if (value == null) {
      throw new IllegalArgumentException(
          Texts.message(
              "Estimate",
              "one of the targets " + Texts.join(", ", values.keySet()),
              "'" + target + "'",
              "pass one of them"));
    }
    return value;
  }

  /**
   * Returns the value of each target.
   *
   * @return by the name of its column, in the order of the outputs
   */
  public Map<String, Double> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Estimate estimate && values.equals(estimate.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Estimate[values=" + values + "]";
  }
}
