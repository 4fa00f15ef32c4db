package org.nn4j.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.metric.Metric;
import org.nn4j.model.Network;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalty;

/**
 * Builds a {@link Trainer}. Made by {@link Trainer#builder(Network)}.
 *
 * <p>A loss and an optimizer must be given. Unless told otherwise: batches of 32, 10 epochs,
 * shuffled from seed 0, no validation. Not thread-safe.
 */
public final class TrainerBuilder {
  private final Network network;
  private @Nullable Loss loss;
  private @Nullable Optimizer optimizer;
  int batchSize = 32;
  int epochs = 10;
  boolean shuffle = true;
  long seed;
  @Nullable Dataset validation;
  @Nullable GradientClipping clipping;
  final List<Penalty> penalties = new ArrayList<>();
  final List<Metric> metrics = new ArrayList<>();
  final List<TrainingListener> listeners = new ArrayList<>();

  TrainerBuilder(Network network) {
    this.network = network;
  }

  /**
   * The loss to make small. It is fused with the last activation of the network where it can be,
   * see {@link org.nn4j.model.Objective}.
   *
   * @param function the loss
   * @return this builder
   */
  public TrainerBuilder loss(Loss function) {
    this.loss = function;
    return this;
  }

  /**
   * The rule of the steps.
   *
   * @param rule an optimizer that no other network uses
   * @return this builder
   */
  public TrainerBuilder optimizer(Optimizer rule) {
    this.optimizer = rule;
    return this;
  }

  /**
   * Adds a penalty on the weights, such as L1 or L2. Its value is part of the training loss that is
   * reported, not of the validation loss.
   *
   * @param term a penalty that no other network uses
   * @return this builder
   */
  public TrainerBuilder penalty(Penalty term) {
    penalties.add(term);
    return this;
  }

  /**
   * Cuts off gradients before each step, after penalties are added.
   *
   * @param rule by norm or by value
   * @return this builder
   */
  public TrainerBuilder clipping(GradientClipping rule) {
    this.clipping = rule;
    return this;
  }

  /**
   * The number of samples in a step.
   *
   * @param samples at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainerBuilder batchSize(int samples) {
    this.batchSize = Require.atLeastOne(samples, "Trainer", "batch size");
    return this;
  }

  /**
   * How often to go through the data.
   *
   * @param times at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainerBuilder epochs(int times) {
    this.epochs = Require.atLeastOne(times, "Trainer", "epochs");
    return this;
  }

  /**
   * Decides the order of the samples in each epoch.
   *
   * @param number any number
   * @return this builder
   */
  public TrainerBuilder seed(long number) {
    this.seed = number;
    return this;
  }

  /**
   * Whether to draw a new order for each epoch, or to keep that of the data.
   *
   * @param each whether to shuffle
   * @return this builder
   */
  public TrainerBuilder shuffle(boolean each) {
    this.shuffle = each;
    return this;
  }

  /**
   * Data to measure the network on after each epoch.
   *
   * @param data data that is not trained on
   * @return this builder
   */
  public TrainerBuilder validation(Dataset data) {
    this.validation = data;
    return this;
  }

  /**
   * Adds a metric of the validation data, and of what {@link Trainer#evaluate} is given.
   *
   * @param metric the metric
   * @return this builder
   */
  public TrainerBuilder metric(Metric metric) {
    metrics.add(metric);
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener hears of the progress
   * @return this builder
   */
  public TrainerBuilder listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Makes the trainer.
   *
   * @return a trainer
   * @throws IllegalStateException if the loss or the optimizer is missing, or two metrics have one
   *     name
   * @throws org.nn4j.ShapeMismatchException if the validation data does not fit the network
   */
  public Trainer build() {
    Set<String> names = new HashSet<>(Set.of("loss"));
    for (Metric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new IllegalStateException(
            Require.message(
                "Trainer",
                "metrics of different names, none of them 'loss'",
                "'" + metric.name() + "' twice",
                "leave one out or give it another name"));
      }
    }
    return new Trainer(network, given(loss, "loss"), given(optimizer, "optimizer"), this);
  }

  private static <T> T given(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException(
          Require.message("Trainer", "a " + name, "none", "call " + name + "(...) before build()"));
    }
    return part;
  }
}
