package org.nn4j.data.toy;

import java.util.List;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.internal.Checks;

/**
 * Samples of a linear function, with its weights and bias, which a regression should recover.
 *
 * @param data inputs {@code [N, in]} and targets {@code [N, 1]}
 * @param weights w, one for each input
 * @param bias b
 */
public record LinearProblem(Dataset data, List<Double> weights, double bias) {
  /**
   * Copies the weights.
   *
   * @param data inputs {@code [N, in]} and targets {@code [N, 1]}
   * @param weights w, one for each input
   * @param bias b
   */
  public LinearProblem {
    Require.notNull(data, "LinearProblem", "data");
    Checks.noNulls(weights, "LinearProblem", "weights");
    weights = List.copyOf(weights);
  }
}
