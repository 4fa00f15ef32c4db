package org.nn4j.explain;

import java.util.List;
import java.util.Locale;
import org.nn4j.Require;

/**
 * How much worse a metric becomes when the values of one feature are permuted.
 *
 * <p>Immutable and thread-safe.
 *
 * @param feature the name of the feature, or the index of the input where the network has no
 *     features
 * @param losses by how much the metric became worse in each repetition; negative if it became
 *     better
 */
public record FeatureImportance(String feature, List<Double> losses) {
  /**
   * Copies the list.
   *
   * @param feature the name of the feature
   * @param losses one for each repetition, at least one
   */
  public FeatureImportance {
    Require.notNull(feature, "FeatureImportance", "feature");
    losses = List.copyOf(Require.notNull(losses, "FeatureImportance", "losses"));
    Require.atLeastOne(losses.size(), "FeatureImportance", "number of repetitions");
  }

  /** {@return the mean over the repetitions} */
  public double mean() {
    return losses.stream().mapToDouble(Double::doubleValue).sum() / losses.size();
  }

  /** {@return the standard deviation over the repetitions, with divisor n; 0 for one} */
  public double deviation() {
    double mean = mean();
    double squares = losses.stream().mapToDouble(loss -> (loss - mean) * (loss - mean)).sum();
    return Math.sqrt(squares / losses.size());
  }

  /** Returns the feature, the mean and the deviation. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "FeatureImportance[feature=%s, mean=%.4g, deviation=%.4g]",
        feature,
        mean(),
        deviation());
  }
}
