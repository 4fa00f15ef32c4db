package org.nn4j.tuning;

import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.train.TrainerBuilder;

/**
 * What is trained in one fold or trial, made anew for each: a new network, optimizer and metrics.
 * Its network is closed after the run.
 *
 * @param trainer with loss, optimizer, length and metrics, but without validation data
 * @param training the training data
 * @param validation the data that the result is measured on
 */
public record Candidate(TrainerBuilder trainer, Dataset training, Dataset validation) {
  /**
   * Checks the arguments.
   *
   * @param trainer with loss, optimizer, length and metrics, but without validation data
   * @param training the training data
   * @param validation the data that the result is measured on
   */
  public Candidate {
    Require.notNull(trainer, "Candidate", "trainer");
    Require.notNull(training, "Candidate", "training");
    Require.notNull(validation, "Candidate", "validation");
  }
}
