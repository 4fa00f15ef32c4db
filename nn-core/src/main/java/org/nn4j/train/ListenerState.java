package org.nn4j.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;
import org.nn4j.internal.memory.Detached;

/**
 * State of a listener that changes the course of a run, part of a checkpoint.
 *
 * @param numbers by name; any number, also infinite ones
 * @param tensors by name, FLOAT or DOUBLE, of rank 1 or more; copied when the checkpoint is created
 */
public record ListenerState(Map<String, Double> numbers, Map<String, INDArray> tensors) {
  /** Empty state. */
  public static final ListenerState NONE = new ListenerState(Map.of(), Map.of());

  /**
   * Checks the arguments.
   *
   * @param numbers by name
   * @param tensors by name
   * @throws IllegalArgumentException if a tensor has rank 0
   */
  public ListenerState {
    Checks.noNulls(numbers, "ListenerState", "numbers");
    Checks.noNulls(tensors, "ListenerState", "tensors");
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    Map<String, INDArray> lasting = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> lasting.put(name, Detached.of(tensor)));
    tensors = Collections.unmodifiableMap(lasting);
    tensors.forEach(
        (name, tensor) ->
            Require.that(
                tensor.rank() > 0, "ListenerState", "tensors of rank 1 or more", "'" + name + "'"));
  }

  /**
   * Creates a state of numbers only.
   *
   * @param numbers by name
   */
  public ListenerState(Map<String, Double> numbers) {
    this(numbers, Map.of());
  }

  /**
   * Returns a required number.
   *
   * @param name its name
   * @return the number
   * @throws IllegalArgumentException if there is none of this name
   */
  public double number(String name) {
    Require.notNull(name, "ListenerState.number", "name");
    Double number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException(
          Require.message(
              "ListenerState",
              "a number '" + name + "'",
              "only [" + Texts.list(numbers.keySet()) + "]",
              "restore a listener from the state of one of its kind"));
    }
    return number;
  }
}
