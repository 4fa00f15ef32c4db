package org.nn4j.tuning;

import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.train.TrainerBuilder;

/**
 * Trainer and data of one fold or trial, with a network, optimizer and metrics of its own. The
 * network is closed after the run.
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
