package org.nn4j.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.Layer;
import org.nn4j.Loss;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.internal.Checks;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.memory.PortionSize;
import org.nn4j.loss.Losses;
import org.nn4j.metric.Metric;

/**
 * Evaluation of a network on data, batch by batch; memory use does not depend on the size of the
 * data.
 *
 * <pre>{@code
 * Evaluation evaluation =
 *     Evaluator.of(network).loss(crossEntropy()).metrics(accuracy()).evaluate(test);
 * double accuracy = evaluation.value(accuracy());
 * }</pre>
 *
 * <p>Immutable: each method that changes a setting returns a new evaluator. An evaluator without
 * metrics is thread-safe; metrics are not.
 */
public final class Evaluator {
  private static final List<Class<?>> LOSSES_OF_LOGITS =
      List.of(
          Losses.sigmoidBinaryCrossEntropy().getClass(), Losses.softmaxCrossEntropy().getClass());

  private final Network network;
  private final @Nullable Loss loss;
  private final List<Metric> metrics;
  private final LongConsumer progress;

  private Evaluator(
      Network network, @Nullable Loss loss, List<Metric> metrics, LongConsumer progress) {
    this.network = network;
    this.loss = loss;
    this.metrics = metrics;
    this.progress = progress;
    requireProbabilities();
  }

  /** Refuses metrics of probabilities where the outputs are logits. */
  private void requireProbabilities() {
    if (loss == null || !LOSSES_OF_LOGITS.contains(loss.getClass())) {
      return;
    }
    long outputs = network.outputShape().size();
    for (Metric metric : metrics) {
      if (metric.needsProbabilities(Math.toIntExact(outputs))) {
        boolean isSoftmax = LOSSES_OF_LOGITS.indexOf(loss.getClass()) > 0;
        throw new IllegalArgumentException(
            Require.message(
                "Evaluator",
                "probabilities as outputs, for the metric '" + metric.name() + "'",
                "logits, by the loss " + loss,
                isSoftmax
                    ? "end the network in softmax() and use crossEntropy()"
                    : "end the network in sigmoid() and use binaryCrossEntropy(), or measure"
                        + " a multi-label metric with threshold(0), such as"
                        + " binaryAccuracy().threshold(0)"));
      }
    }
  }

  /**
   * Returns an evaluator without loss and metrics.
   *
   * @param network the network to measure
   * @return an evaluator
   */
  public static Evaluator of(Network network) {
    Require.notNull(network, "Evaluator.of", "network");
    return new Evaluator(network, null, List.of(), samples -> {});
  }

  /**
   * Adds a loss.
   *
   * @param function the loss, reported as {@code "loss"}
   * @return a new evaluator
   * @throws IllegalArgumentException if the outputs are logits, by this loss, and a metric needs
   *     probabilities
   */
  public Evaluator loss(Loss function) {
    Require.notNull(function, "Evaluator.loss", "function");
    return new Evaluator(network, function, metrics, progress);
  }

  /**
   * Adds metrics.
   *
   * @param more the metrics; each evaluation resets them first, and they hold its counts afterwards
   * @return a new evaluator
   * @throws IllegalArgumentException if two metrics have the same name, or one has the name {@code
   *     "loss"} or a control character in its name, or the outputs are logits, by the loss, and a
   *     metric needs probabilities
   */
  public Evaluator metrics(Metric... more) {
    Checks.noNulls(more, "Evaluator.metrics", "more");
    List<Metric> all = Stream.concat(metrics.stream(), Stream.of(more)).toList();
    Set<String> names = new HashSet<>(Set.of(Evaluation.LOSS));
    for (Metric metric : all) {
      String name = Checks.returned(metric.name(), metric, "a name from name");
      Require.that(
          name.chars().noneMatch(Character::isISOControl),
          "Evaluator",
          "a name of a metric in one line, without control characters",
          "'" + name.replaceAll("\\p{Cc}", "?") + "'",
          "return another name from its name()");
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            Require.message(
                "Evaluator",
                "metrics of different names, none of them 'loss'",
                "'" + metric.name() + "' twice",
                "omit one or rename it"));
      }
    }
    return new Evaluator(network, loss, all, progress);
  }

  /**
   * Returns the names of the figures of an evaluation.
   *
   * @return the keys of {@link Evaluation#figures}, in the same order
   */
  public List<String> figures() {
    Stream<String> ofLoss = loss == null ? Stream.empty() : Stream.of(Evaluation.LOSS);
    return Stream.concat(ofLoss, metrics.stream().map(Metric::name)).toList();
  }

  /**
   * Adds a callback for progress.
   *
   * @param samplesDone called after each batch with the number of samples done
   * @return a new evaluator
   */
  public Evaluator progress(LongConsumer samplesDone) {
    Require.notNull(samplesDone, "Evaluator.progress", "samplesDone");
    return new Evaluator(network, loss, metrics, samplesDone);
  }

  /**
   * Evaluates the network on a data set.
   *
   * @param data the data
   * @return the mean loss, if there is one, and each metric
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws IllegalStateException if another thread trains the network meanwhile
   */
  public Evaluation evaluate(Dataset data) {
    Require.notNull(data, "Evaluator.evaluate", "data");
    checkShapes(data.inputShape(), data.targetShape());
    try (Batches batches = inBatches(data)) {
      return evaluate(batches);
    }
  }

  /**
   * Returns a data set in batches of the size of evaluations, for repeated evaluation: about 1 MB
   * of samples, or of the outputs of the widest layer, and at most 1000 samples.
   *
   * @param data the data
   * @return its batches, in order
   */
  public Batches inBatches(Dataset data) {
    Require.notNull(data, "Evaluator.inBatches", "data");
    return Batches.inOrder(data, PortionSize.rows(bytesOfSample()), network.dataType());
  }

  /**
   * Evaluates the network on all batches of {@link BatchSource#evaluation}.
   *
   * @param source the data
   * @return the mean loss, if there is one, and each metric
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws IllegalStateException if there is no sample, or another thread trains the network
   *     meanwhile
   */
  public Evaluation evaluate(BatchSource source) {
    Require.notNull(source, "Evaluator.evaluate", "source");
    checkShapes(source.inputShape(), source.targetShape());
    Objective objective = loss == null ? null : Objective.of(network, loss);
    metrics.forEach(Metric::reset);
    double lossSum = 0;
    long samples = 0;
    try (Pass pass = Pass.inference();
        Epoch epoch = Checks.returned(source.evaluation(), source, "an epoch from evaluation")) {
      for (Batch batch : epoch) {
        Checks.returned(batch, source, "a batch from the epoch");
        long stamp = network.guard().beginReading();
        INDArray predictions;
        if (objective == null) {
          predictions = network.forward(batch.inputs(), pass);
        } else {
          INDArray output = objective.trained().forward(batch.inputs(), pass);
          lossSum +=
              batch.size()
                  * objective.loss().forward(output, batch.targets(), batch.weights(), pass);
          predictions = objective.toPredictions(output);
        }
        network.guard().endReading(stamp);
        metrics.forEach(metric -> metric.update(predictions, batch.targets()));
        samples += batch.size();
        progress.accept(samples);
      }
    }
    if (samples == 0) {
      throw new IllegalStateException(
          Require.message(
              "Evaluator",
              "at least one sample",
              "none",
              "return all batches of the source in each evaluation"));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    if (objective != null) {
      figures.put(Evaluation.LOSS, lossSum / samples);
    }
    metrics.forEach(metric -> figures.put(metric.name(), metric.value()));
    return new Evaluation(figures);
  }

  /** Returns the bytes of a sample or, if that is larger, of the widest output of a layer. */
  private long bytesOfSample() {
    long most = network.inputShape().size() + network.outputShape().size();
    for (Layer layer : NetworkAccess.get().leaves(network).values()) {
      most = Math.max(most, layer.outputShape().size());
    }
    return most * network.dataType().width();
  }

  private void checkShapes(Shape inputs, Shape targets) {
    Checks.sampleShape(network.inputShape(), inputs, "Evaluator, inputs");
    Checks.targetShape(network.outputShape(), targets, "Evaluator, targets");
  }
}
