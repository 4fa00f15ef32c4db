package org.nn4j.data;

import org.nn4j.Require;

/**
 * A data set in two parts that share no sample.
 *
 * @param training to train on
 * @param validation to measure on
 */
public record Split(Dataset training, Dataset validation) {
  /**
   * Checks the arguments.
   *
   * @param training to train on
   * @param validation to measure on
   */
  public Split {
    Require.notNull(training, "Split", "training");
    Require.notNull(validation, "Split", "validation");
  }
}
