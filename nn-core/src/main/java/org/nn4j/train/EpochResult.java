package org.nn4j.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nn4j.Require;
import org.nn4j.model.Evaluation;

/**
 * Figures of one epoch.
 *
 * @param epoch counted from 1
 * @param steps the number of its steps; smaller for an epoch that was stopped before its end
 * @param loss the mean over its samples of the loss before each step, penalties included
 * @param learningRate the rate after its last step
 * @param seconds the time of the training steps, without validation
 * @param samplesPerSecond training samples a second
 * @param training the training metrics, see {@link TrainerBuilder#trainingMetric}; without figures
 *     if there are none
 * @param validation the loss and the metrics on the validation data; without figures if there is no
 *     validation data
 */
public record EpochResult(
    int epoch,
    int steps,
    double loss,
    double learningRate,
    double seconds,
    double samplesPerSecond,
    Evaluation training,
    Evaluation validation) {
  /**
   * Checks the arguments.
   *
   * @param epoch counted from 1
   * @param steps the number of its steps
   * @param loss the mean over its samples of the loss before each step, penalties included
   * @param learningRate the rate after its last step
   * @param seconds the time of the training steps, without validation
   * @param samplesPerSecond training samples a second
   * @param training the training metrics
   * @param validation the loss and the metrics on the validation data
   */
  public EpochResult {
    Require.notNull(training, "EpochResult", "training");
    Require.notNull(validation, "EpochResult", "validation");
  }

  /**
   * Returns all figures by name, as in files and tables: {@code epoch}, {@code steps}, {@code
   * loss}, {@code learning_rate}, {@code seconds}, {@code samples_per_second}, the training metrics
   * with {@code training_} before their names, and the figures of the validation data with {@code
   * validation_}.
   *
   * @return the figures in this order
   */
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("epoch", epoch);
    figures.put("steps", steps);
    figures.put("loss", loss);
    figures.put("learning_rate", learningRate);
    figures.put("seconds", seconds);
    figures.put("samples_per_second", samplesPerSecond);
    training.figures().forEach((name, value) -> figures.put(Monitor.TRAINING + name, value));
    validation.figures().forEach((name, value) -> figures.put(Monitor.VALIDATION + name, value));
    return figures;
  }
}
