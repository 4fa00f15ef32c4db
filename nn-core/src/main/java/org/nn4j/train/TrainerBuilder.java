package org.nn4j.train;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.metric.Metric;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalty;
import org.nn4j.persistence.ModelFiles;
import org.nn4j.persistence.ModelRegistry;
import org.nn4j.train.TrainingSettings.Validation;
import org.nn4j.train.TrainingSettings.ValidationSplit;

/**
 * Builder of a {@link Trainer}, created by {@link Trainer#builder(Network)}.
 *
 * <p>A loss and an optimizer are required; the optimizer contains the learning rate or {@link
 * org.nn4j.optim.schedule.Schedules schedule}. Defaults: batches of 32, the last one smaller, 10
 * epochs, shuffled from seed 0, no validation. {@link #build} refuses settings that contradict each
 * other. Not thread-safe.
 */
public final class TrainerBuilder {
  private final Network network;
  private final Set<String> given = new LinkedHashSet<>();
  private @Nullable Loss loss;
  private @Nullable Optimizer optimizer;
  private final List<Penalty> penalties = new ArrayList<>();
  private @Nullable GradientClipping clipping;
  private int batchSize = 32;
  private int microBatches = 1;
  private boolean dropLast;
  private boolean shuffle = true;
  private long seed;
  private TrainingLength length = TrainingLength.ofEpochs(10);
  private Validation validation = Validation.NONE;
  private List<Double> classWeights = List.of();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Metric> trainingMetrics = new ArrayList<>();
  private final List<TrainingListener> listeners = new ArrayList<>();
  private ModelRegistry registry = ModelRegistry.standard();

  TrainerBuilder(Network network) {
    this.network = network;
  }

  private TrainerBuilder set(String setting) {
    given.add(setting);
    return this;
  }

  /**
   * Returns the network to train.
   *
   * @return the network itself
   */
  public Network network() {
    return network;
  }

  /**
   * Sets the loss to minimize. It is fused with the last activation of the network where possible,
   * see {@link org.nn4j.model.Objective}.
   *
   * @param function the loss
   * @return this builder
   */
  public TrainerBuilder loss(Loss function) {
    this.loss = Require.notNull(function, "Trainer.loss", "function");
    return this;
  }

  /**
   * Sets the optimizer.
   *
   * @param rule an optimizer that has taken no step; not shared with another trainer
   * @return this builder
   */
  public TrainerBuilder optimizer(Optimizer rule) {
    this.optimizer = Require.notNull(rule, "Trainer.optimizer", "rule");
    return this;
  }

  /**
   * Adds a penalty on the weights, such as L1 or L2. Its value is part of the training loss, not of
   * the validation loss.
   *
   * @param term a penalty that no other network uses
   * @return this builder
   */
  public TrainerBuilder penalty(Penalty term) {
    penalties.add(Require.notNull(term, "Trainer.penalty", "term"));
    return this;
  }

  /**
   * Clips gradients before each step, after penalties are added.
   *
   * @param rule by norm or by value
   * @return this builder
   */
  public TrainerBuilder clipping(GradientClipping rule) {
    this.clipping = Require.notNull(rule, "Trainer.clipping", "rule");
    return this;
  }

  /**
   * Sets the number of samples in a batch.
   *
   * @param samples at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainerBuilder batchSize(int samples) {
    this.batchSize = Require.atLeastOne(samples, "Trainer", "batch size");
    return set("batchSize");
  }

  /**
   * Accumulates the gradients of several batches before each step, as if they were one batch, for
   * batches that are too large for memory. A smaller last batch is weighted by its samples. Layers
   * that combine the samples of a batch, such as batch normalization, still use single batches.
   *
   * @param batches the number of batches in a step, at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainerBuilder accumulate(int batches) {
    this.microBatches = Require.atLeastOne(batches, "Trainer", "number of accumulated batches");
    return this;
  }

  /**
   * Sets whether each epoch omits the last samples if they do not fill a step. Default false.
   *
   * @param drop whether to omit them
   * @return this builder
   */
  public TrainerBuilder dropLast(boolean drop) {
    this.dropLast = drop;
    return set("dropLast");
  }

  /**
   * Sets the number of epochs.
   *
   * @param number at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainerBuilder epochs(int number) {
    this.length =
        TrainingLength.ofEpochs(Require.atLeastOne(number, "Trainer", "number of epochs"));
    return set("epochs");
  }

  /**
   * Sets the number of steps, over as many epochs as needed. If the last epoch is incomplete, the
   * network is validated after its last step.
   *
   * @param number at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainerBuilder steps(long number) {
    Require.that(number >= 1, "Trainer", "a positive number of steps", number, "pass 1 or more");
    this.length = TrainingLength.ofSteps(number);
    return set("steps");
  }

  /**
   * Sets the seed of the order of samples in each epoch and of the validation split.
   *
   * @param number any number
   * @return this builder
   */
  public TrainerBuilder seed(long number) {
    this.seed = number;
    return set("seed");
  }

  /**
   * Sets whether each epoch has a new order of samples rather than that of the data. Default true.
   *
   * @param each whether to shuffle
   * @return this builder
   */
  public TrainerBuilder shuffle(boolean each) {
    this.shuffle = each;
    return set("shuffle");
  }

  /**
   * Sets data to validate on after each epoch.
   *
   * @param data data that is not trained on
   * @return this builder
   */
  public TrainerBuilder validation(Dataset data) {
    Require.notNull(data, "Trainer.validation", "data");
    this.validation = new Validation(data, null, null);
    return set("validation");
  }

  /**
   * Sets a source of data to validate on after each epoch, for data larger than memory.
   *
   * @param source data that is not trained on; each validation takes its {@link
   *     BatchSource#evaluation}
   * @return this builder
   */
  public TrainerBuilder validation(BatchSource source) {
    Require.notNull(source, "Trainer.validation", "source");
    this.validation = new Validation(null, source, null);
    return set("validation");
  }

  /**
   * Sets aside a random part of the training data, to validate on after each epoch.
   *
   * @param fraction the part, in (0, 1)
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public TrainerBuilder validationSplit(double fraction) {
    this.validation = new Validation(null, null, new ValidationSplit(fraction, false));
    return set("validationSplit");
  }

  /**
   * Sets aside a random part of each class of the training data, to validate on after each epoch.
   *
   * @param fraction the part, in (0, 1)
   * @return this builder
   * @throws IllegalArgumentException if it is out of range
   */
  public TrainerBuilder stratifiedValidationSplit(double fraction) {
    this.validation = new Validation(null, null, new ValidationSplit(fraction, true));
    return set("stratifiedValidationSplit");
  }

  /**
   * Weights the training samples by class, see {@link Dataset#withClassWeights}. Validation data is
   * not weighted.
   *
   * @param weights one for each class, each 0 or more; two for a network with one output
   * @return this builder
   * @throws IllegalArgumentException if their number is wrong, one is negative or not finite, or
   *     all are 0
   */
  public TrainerBuilder classWeights(double... weights) {
    Require.notNull(weights, "Trainer.classWeights", "weights");
    this.classWeights = TrainingSettings.classWeights(weights, network.outputShape());
    return set("classWeights");
  }

  /**
   * Adds a metric of the validation data.
   *
   * @param metric a metric whose name differs from the others and from {@code "loss"}
   * @return this builder
   */
  public TrainerBuilder metric(Metric metric) {
    metrics.add(Require.notNull(metric, "Trainer.metric", "metric"));
    return this;
  }

  /**
   * Adds a metric of the training data. Like the loss of an epoch, it is computed from the outputs
   * of the training steps, before each step and with dropout, so it needs no extra pass. If another
   * process resumes an epoch midway, the metric covers only the rest. For the metric after an
   * epoch, use an {@link org.nn4j.model.Evaluator}.
   *
   * @param metric not an object that is also used for validation data
   * @return this builder
   */
  public TrainerBuilder trainingMetric(Metric metric) {
    trainingMetrics.add(Require.notNull(metric, "Trainer.trainingMetric", "metric"));
    return this;
  }

  /**
   * Sets the registry of layers and activations for writing checkpoints, so that {@link
   * ModelFiles#load} can read checkpoints of a network with layers of your own.
   *
   * @param kinds a registry
   * @return this builder
   */
  public TrainerBuilder registry(ModelRegistry kinds) {
    this.registry = Require.notNull(kinds, "Trainer.registry", "kinds");
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener called for each event
   * @return this builder
   */
  public TrainerBuilder listener(TrainingListener listener) {
    listeners.add(Require.notNull(listener, "Trainer.listener", "listener"));
    return this;
  }

  /**
   * Builds the trainer.
   *
   * @return a trainer
   * @throws IllegalStateException if the loss or the optimizer is missing, there is a metric but no
   *     validation data, or settings contradict each other
   * @throws IllegalArgumentException if metrics have the same name, or one is used for both
   *     training and validation data
   * @throws org.nn4j.ShapeMismatchException if the validation data does not fit the network
   */
  public Trainer build() {
    return new Trainer(settings());
  }

  /**
   * Builds a worker of {@link DataParallel} training with these settings. Listeners, metrics and
   * validation data have no effect.
   *
   * @return a worker
   * @throws IllegalStateException if the loss or the optimizer is missing, or a setting is one that
   *     workers do not support, see {@link Trainer#fit(DataParallel)}
   */
  public TrainingWorker buildWorker() {
    return new TrainingWorker(settings());
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        given,
        network,
        required(loss, "a loss", "loss"),
        required(optimizer, "an optimizer", "optimizer"),
        new Regularization(List.copyOf(penalties), clipping),
        batchSize,
        microBatches,
        dropLast,
        shuffle,
        seed,
        length,
        validation,
        classWeights,
        metrics,
        trainingMetrics,
        listeners,
        registry);
  }

  private static <T> T required(@Nullable T part, String expected, String method) {
    if (part == null) {
      throw new IllegalStateException(
          Require.message("Trainer", expected, "none", "call " + method + "(...) before build()"));
    }
    return part;
  }
}
