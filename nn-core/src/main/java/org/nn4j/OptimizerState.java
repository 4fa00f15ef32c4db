package org.nn4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.internal.Checks;
import org.nn4j.internal.memory.Detached;

/**
 * State of an {@link Optimizer} in a checkpoint, which determines the next steps beside the
 * settings.
 *
 * @param optimizer the optimizer's name, so that no other optimizer restores it
 * @param steps the steps taken, 0 or more
 * @param vectors the state vectors by name, each of the length and type of the parameters; copies;
 *     empty before the first step
 * @param numbers by name, such as the state of its schedule; also infinite ones
 */
public record OptimizerState(
    String optimizer, long steps, Map<String, INDArray> vectors, Map<String, Double> numbers) {
  /**
   * Checks the arguments.
   *
   * @param optimizer the optimizer's name
   * @param steps the steps taken
   * @param vectors the state vectors by name
   * @param numbers by name
   * @throws IllegalArgumentException if the number of steps is negative
   */
  public OptimizerState {
    Require.notNull(optimizer, "OptimizerState", "optimizer");
    Checks.noNulls(vectors, "OptimizerState", "vectors");
    Checks.noNulls(numbers, "OptimizerState", "numbers");
    Require.that(steps >= 0, optimizer, "0 or more steps taken", steps);
    Map<String, INDArray> lasting = new LinkedHashMap<>();
    vectors.forEach((name, vector) -> lasting.put(name, Detached.of(vector)));
    vectors = Collections.unmodifiableMap(lasting);
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }
}
