package org.nn4j.tuning;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.nn4j.Require;

/** Values of hyperparameters that are tried together. Immutable and thread-safe. */
public final class Trial {
  private final int number;
  private final long seed;
  private final Map<Hyperparameter<?>, Object> values;

  Trial(int number, long seed, Map<Hyperparameter<?>, Object> values) {
    this.number = number;
    this.seed = seed;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  Trial with(Hyperparameter<?> hyperparameter, Object value) {
    Map<Hyperparameter<?>, Object> more = new LinkedHashMap<>(values);
    more.put(hyperparameter, value);
    return new Trial(number, seed, more);
  }

  Trial numbered(int newNumber, long newSeed) {
    return new Trial(newNumber, newSeed, values);
  }

  /** {@return its number, from 1} */
  public int number() {
    return number;
  }

  /** {@return a seed of this trial, for network and trainer} */
  public long seed() {
    return seed;
  }

  /**
   * Returns the value of a hyperparameter.
   *
   * @param <T> its type
   * @param hyperparameter the same object as in the search
   * @return the value
   * @throws IllegalArgumentException if the trial does not have it, as its condition does not hold
   */
  @SuppressWarnings("unchecked") // a value is drawn by its hyperparameter
  public <T> T value(Hyperparameter<T> hyperparameter) {
    Object value = values.get(Require.notNull(hyperparameter, "Trial.value", "hyperparameter"));
    if (value == null) {
      throw new IllegalArgumentException(
          Require.message(
              "Trial",
              "a value of '" + hyperparameter.name() + "'",
              "values of " + values.keySet().stream().map(Hyperparameter::name).toList(),
              "check trial.has(...) first, and pass the same object as to the search"));
    }
    return (T) value;
  }

  /**
   * Returns whether the trial has a value of a hyperparameter.
   *
   * @param hyperparameter the same object as in the search
   * @return false if its condition does not hold
   */
  public boolean has(Hyperparameter<?> hyperparameter) {
    return values.containsKey(Require.notNull(hyperparameter, "Trial.has", "hyperparameter"));
  }

  /** {@return the values by name, in the order of the search} */
  public Map<String, Object> values() {
    Map<String, Object> byName = new LinkedHashMap<>();
    values.forEach((hyperparameter, value) -> byName.put(hyperparameter.name(), value));
    return byName;
  }

  /** Returns the values, such as {@code trial 3: rate=0.01, units=16}. */
  @Override
  public String toString() {
    return "trial "
        + number
        + values().entrySet().stream()
            .map(value -> value.getKey() + "=" + value.getValue())
            .collect(Collectors.joining(", ", ": ", ""));
  }
}
