package org.nn4j.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of one epoch.
 *
 * @param epoch counted from 1
 * @param loss the mean over all samples of the loss before each step, penalties included
 * @param seconds the time of the training steps, without validation
 * @param samplesPerSecond training samples a second
 * @param validation the figures on the validation data by name: {@code "loss"} and each metric;
 *     empty if there is no validation data
 */
public record EpochEnd(
    int epoch,
    double loss,
    double seconds,
    double samplesPerSecond,
    Map<String, Double> validation) {
  /**
   * Checks the arguments.
   *
   * @param epoch counted from 1
   * @param loss the mean over all samples of the loss before each step, penalties included
   * @param seconds the time of the training steps, without validation
   * @param samplesPerSecond training samples a second
   * @param validation the figures on the validation data by name: {@code "loss"} and each metric;
   *     empty if there is no validation data
   */
  public EpochEnd {
    validation = Collections.unmodifiableMap(new LinkedHashMap<>(validation));
  }
}
