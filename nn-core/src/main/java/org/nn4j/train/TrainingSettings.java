package org.nn4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.internal.Checks;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelRegistry;

/**
 * Settings of a trainer, checked for contradictions. Immutable.
 *
 * @param given the names of the methods of the builder that were called, in this order
 * @param classWeights empty if classes are not weighted
 */
record TrainingSettings(
    Collection<String> given,
    Network network,
    Loss loss,
    Optimizer optimizer,
    Regularization regularization,
    int batchSize,
    int microBatches,
    boolean dropLast,
    boolean shuffle,
    long seed,
    TrainingLength length,
    Validation validation,
    List<Double> classWeights,
    List<Metric> metrics,
    List<Metric> trainingMetrics,
    List<TrainingListener> listeners,
    ModelRegistry registry) {
  private static final Set<String> FOR_DATA_SETS =
      Set.of(
          "batchSize",
          "dropLast",
          "shuffle",
          "seed",
          "validationSplit",
          "stratifiedValidationSplit",
          "classWeights");

  TrainingSettings {
    given = List.copyOf(given);
    classWeights = List.copyOf(classWeights);
    metrics = List.copyOf(metrics);
    trainingMetrics = List.copyOf(trainingMetrics);
    listeners = List.copyOf(listeners);
    requireOneOf(given, "either epochs(...) or steps(...)", "epochs", "steps");
    requireOneOf(
        given,
        "validation data, or a split, or a stratified split",
        "validation",
        "validationSplit",
        "stratifiedValidationSplit");
    if (loss.weighsClasses() && !classWeights.isEmpty()) {
      throw contradiction(
          "class weights either of the loss or of the trainer", "classWeights and loss " + loss);
    }
    requireDistinct(metrics, trainingMetrics);
    if (!metrics.isEmpty() && validation.equals(Validation.NONE)) {
      throw new IllegalStateException(
          Require.message(
              "Trainer",
              "validation data for the metric '" + metrics.get(0).name() + "'",
              "none",
              "call validation(data) or validationSplit(0.2), or use trainingMetric(...)"));
    }
    Evaluator.of(network).loss(loss).metrics(trainingMetrics.toArray(Metric[]::new));
  }

  private static void requireOneOf(
      Collection<String> given, String expected, String... alternatives) {
    List<String> found = new ArrayList<>(given);
    found.retainAll(List.of(alternatives));
    if (found.size() > 1) {
      throw contradiction(expected, String.join(" and ", found));
    }
  }

  private static IllegalStateException contradiction(String expected, String found) {
    return new IllegalStateException(
        Require.message("Trainer", expected, found, "omit one of them"));
  }

  private static void requireDistinct(List<Metric> metrics, List<Metric> trainingMetrics) {
    for (Metric metric : trainingMetrics) {
      Require.that(
          metrics.stream().noneMatch(other -> other == metric),
          "Trainer",
          "one metric for training data and another for validation data",
          "the same '" + metric.name() + "' for both",
          "create two objects");
      Require.that(
          trainingMetrics.stream().filter(m -> m.name().equals(metric.name())).count() == 1,
          "Trainer",
          "training metrics of different names",
          "'" + metric.name() + "' twice",
          "omit one, or return another name from its name()");
    }
  }

  /** Checks and copies class weights: one for each class, two for a network with one output. */
  static List<Double> classWeights(double[] weights, Shape output) {
    Require.that(
        Checks.isWeights(weights),
        "Trainer",
        "a class weight of 0 or more for each class, not all 0",
        Arrays.toString(weights));
    long classes = Math.max(2, output.size());
    Require.that(
        weights.length == classes,
        "Trainer",
        "a class weight for each of " + classes + " classes of the network's output",
        weights.length + " weights, " + Arrays.toString(weights),
        "pass one weight for each class");
    return Arrays.stream(weights).boxed().toList();
  }

  /**
   * Validation data; without any of the three there is no validation.
   *
   * @param data separate validation data
   * @param source the same, as a source
   * @param split the part of the training data to set aside
   */
  record Validation(
      @Nullable Dataset data, @Nullable BatchSource source, @Nullable ValidationSplit split) {
    static final Validation NONE = new Validation(null, null, null);
  }

  /**
   * Part of the training data for validation. Checkpoints contain its text.
   *
   * @param fraction in (0, 1)
   * @param stratified whether each class contributes the same fraction
   */
  record ValidationSplit(double fraction, boolean stratified) {
    ValidationSplit {
      Require.that(
          fraction > 0 && fraction < 1, "Trainer", "validation fraction in (0, 1)", fraction);
    }

    Split of(Dataset data, long seed) {
      return stratified ? data.splitStratified(fraction, seed) : data.split(fraction, seed);
    }

    @Override
    public String toString() {
      return text(Double.toString(fraction), stratified);
    }

    static String text(String fraction, boolean stratified) {
      return fraction + (stratified ? " of each class" : " of the training data");
    }
  }

  /** Returns the settings that do not apply to a source of batches. */
  List<String> forDataSets() {
    return given.stream().filter(FOR_DATA_SETS::contains).sorted().toList();
  }

  /** Requires that each setting applies to data-parallel training. */
  void requireForWorkers() {
    List<String> found = new ArrayList<>(given);
    found.retainAll(List.of("validationSplit", "stratifiedValidationSplit", "dropLast"));
    if (microBatches > 1) {
      found.add("accumulate");
    }
    if (!trainingMetrics.isEmpty()) {
      found.add("trainingMetric");
    }
    if (!found.isEmpty()) {
      throw new IllegalStateException(
          Require.message(
              "Trainer",
              "settings that workers support",
              String.join(", ", found),
              "omit it; pass validation data by validation(...)"));
    }
  }

  /** Returns an evaluator of the loss and the metrics. */
  Evaluator evaluator() {
    return Evaluator.of(network).loss(loss).metrics(metrics.toArray(Metric[]::new));
  }
}
