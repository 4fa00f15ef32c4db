package org.nn4j.tuning;

import org.nn4j.Require;
import org.nn4j.model.Evaluation;
import org.nn4j.train.History;

/**
 * Result of one fold or trial.
 *
 * @param evaluation the loss and the metrics of the trained network on the validation data
 * @param history the figures of each epoch
 */
public record RunResult(Evaluation evaluation, History history) {
  /**
   * Checks the arguments.
   *
   * @param evaluation the loss and the metrics on the validation data
   * @param history the figures of each epoch
   */
  public RunResult {
    Require.notNull(evaluation, "RunResult", "evaluation");
    Require.notNull(history, "RunResult", "history");
  }
}
