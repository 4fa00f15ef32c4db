package org.nn4j.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.nn4j.Require;
import org.nn4j.internal.Checks;
import org.nn4j.internal.FigureTexts;
import org.nn4j.internal.Texts;
import org.nn4j.metric.Metric;

/**
 * Result of an {@link Evaluator}: the loss, if one was computed, and the value of each metric.
 *
 * <p>Immutable and thread-safe.
 *
 * @param figures the loss under {@code "loss"} and each metric under {@link Metric#name}, in order
 */
public record Evaluation(Map<String, Double> figures) {
  /** Name of the loss. */
  static final String LOSS = "loss";

  private static final Evaluation NONE = new Evaluation(Map.of());

  /**
   * Copies the figures.
   *
   * @param figures the loss under {@code "loss"} and each metric under {@link Metric#name}
   */
  public Evaluation {
    figures =
        Collections.unmodifiableMap(
            new LinkedHashMap<>(Checks.noNulls(figures, "Evaluation", "figures")));
  }

  /** {@return an evaluation without figures} */
  public static Evaluation none() {
    return NONE;
  }

  /**
   * Returns the mean loss, each sample counted by its weight.
   *
   * @return the loss
   * @throws IllegalStateException if no loss was computed
   */
  public double loss() {
    Double loss = figures.get(LOSS);
    if (loss == null) {
      throw new IllegalStateException(missing("a loss", "add a loss to the evaluator"));
    }
    return loss;
  }

  /**
   * Returns the value of a metric, each sample counted once.
   *
   * @param metric a metric with the name of a computed one, such as {@code accuracy()}
   * @return its value
   * @throws IllegalArgumentException if it was not computed
   */
  public double value(Metric metric) {
    String name = Require.notNull(metric, "Evaluation.value", "metric").name();
    Double value = figures.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          missing("the metric '" + name + "'", "add the metric to the evaluator or the trainer"));
    }
    return value;
  }

  private String missing(String expected, String remedy) {
    String found = figures.isEmpty() ? "no figures" : "only [" + Texts.list(figures.keySet()) + "]";
    return Require.message("Evaluation", expected, found, remedy);
  }

  /** Returns the figures in one line, such as {@code loss 0.0417, accuracy 0.9731}. */
  @Override
  public String toString() {
    return figures.entrySet().stream()
        .map(figure -> figure.getKey() + " " + FigureTexts.rounded(figure.getValue()))
        .collect(Collectors.joining(", "));
  }
}
