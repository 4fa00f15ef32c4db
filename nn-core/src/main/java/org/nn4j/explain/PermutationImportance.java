package org.nn4j.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.data.feature.Feature;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;

/**
 * Permutation importance: the decrease of a metric when the values of one feature are permuted
 * among the samples.
 *
 * <pre>
 * importance of feature j = s − mean over r of s(j, r)      (a score: higher is better)
 *                           mean over r of e(j, r) − e      (an error: lower is better)
 * </pre>
 *
 * <p>s is the score of the data, s(j, r) that of the r-th permutation of feature j. All inputs of a
 * feature, such as the columns of a category, are permuted together; a network without features has
 * one for each input. Features that contain the same information share their importance. Source:
 * Breiman, "Random Forests" (2001), section 10; the figures are those of scikit-learn's {@code
 * permutation_importance}. Thread-safe as {@link Evaluator} is.
 */
public final class PermutationImportance {
  private static final String WHO = "PermutationImportance";

  private PermutationImportance() {}

  /**
   * Returns the importance of each feature for a score such as accuracy.
   *
   * @param network the network
   * @param data samples that it was not trained on, scaled as its training data
   * @param score a metric where higher is better
   * @param repetitions the number of permutations of each feature, usually 5 or more
   * @param seed the seed of the permutations
   * @return one for each feature, in the order of the inputs
   * @throws org.nn4j.ShapeMismatchException if the data does not fit the network
   * @throws IllegalArgumentException if there is no repetition
   */
  public static List<FeatureImportance> ofScore(
      Network network, Dataset data, Metric score, int repetitions, long seed) {
    return of(network, data, score, true, repetitions, seed);
  }

  /**
   * Returns the importance of each feature for an error such as the mean absolute error.
   *
   * @param network the network
   * @param data samples that it was not trained on, scaled as its training data
   * @param error a metric where lower is better
   * @param repetitions the number of permutations of each feature, usually 5 or more
   * @param seed the seed of the permutations
   * @return one for each feature, in the order of the inputs
   * @throws org.nn4j.ShapeMismatchException if the data does not fit the network
   * @throws IllegalArgumentException if there is no repetition
   */
  public static List<FeatureImportance> ofError(
      Network network, Dataset data, Metric error, int repetitions, long seed) {
    return of(network, data, error, false, repetitions, seed);
  }

  private static List<FeatureImportance> of(
      Network network,
      Dataset data,
      Metric metric,
      boolean higherIsBetter,
      int repetitions,
      long seed) {
    Require.notNull(network, WHO, "network");
    Require.notNull(data, WHO, "data");
    Require.notNull(metric, WHO, "metric");
    Require.atLeastOne(repetitions, WHO, "number of repetitions");
    Evaluator evaluator = Evaluator.of(network).metrics(metric);
    double before = evaluator.evaluate(data).value(metric);
    List<FeatureImportance> importances = new ArrayList<>();
    for (Inputs inputs : Inputs.of(network)) {
      List<Double> losses = new ArrayList<>();
      for (int r = 0; r < repetitions; r++) {
        long stream = (long) importances.size() * repetitions + r;
        Dataset permuted =
            new PermutedFeature(
                data, inputs.first(), inputs.end(), SeededRandom.stream(seed, stream));
        double after = evaluator.evaluate(permuted).value(metric);
        losses.add(higherIsBetter ? before - after : after - before);
      }
      importances.add(new FeatureImportance(inputs.feature(), losses));
    }
    return List.copyOf(importances);
  }

  /** The inputs of a feature, from first to before end. */
  private record Inputs(String feature, int first, int end) {
    static List<Inputs> of(Network network) {
      int length = Math.toIntExact(network.inputShape().size());
      return network
          .info()
          .features()
          .map(
              features -> {
                List<Inputs> all = new ArrayList<>();
                for (Feature feature : features.list()) {
                  int first = features.offset(feature.name());
                  all.add(new Inputs(feature.name(), first, first + feature.inputs().size()));
                }
                return all;
              })
          .orElseGet(
              () ->
                  IntStream.range(0, length)
                      .mapToObj(i -> new Inputs(Integer.toString(i), i, i + 1))
                      .toList());
    }
  }
}
