package org.nn4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nn4j.Loss;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Dataset;
import org.nn4j.data.Split;
import org.nn4j.metric.Metric;
import org.nn4j.model.Evaluator;
import org.nn4j.model.ModelRegistry;
import org.nn4j.model.Network;
import org.nn4j.model.Progress;
import org.nn4j.optim.GradientClipping;
import org.nn4j.optim.Penalty;

/**
 * Builds a {@link Trainer}. Made by {@link Trainer#builder(Network)}.
 *
 * <p>A loss and an optimizer must be given; the optimizer brings its learning rate or {@link
 * org.nn4j.optim.schedule.Schedules schedule}. Unless told otherwise: batches of 32, the last one
 * with what is left, 10 epochs, shuffled from seed 0, no validation. A setting that contradicts an
 * earlier one is refused. Not thread-safe.
 */
public final class TrainerBuilder {
  private static final String ONE_VALIDATION = "validation data, or a split, or a stratified split";

  private final Network network;
  private @Nullable Loss loss;
  private @Nullable Optimizer optimizer;
  int batchSize = 32;
  int microBatches = 1;
  TrainingLength goal = TrainingLength.ofEpochs(10);
  boolean shuffle = true;
  long seed;
  boolean dropLast;
  double @Nullable [] classWeights;

  /** Gives each trainer batches of its own. */
  @Nullable Supplier<BatchSource> validation;

  /** Whether these batches are made for the trainer, which then closes them. */
  boolean ownsValidation;

  @Nullable ValidationSplit split;
  @Nullable GradientClipping clipping;
  Progress start = Progress.START;
  ModelRegistry registry = ModelRegistry.standard();
  Evaluator evaluator;
  final List<Metric> trainingMetrics = new ArrayList<>();
  private final List<Metric> validationMetrics = new ArrayList<>();
  final List<Penalty> penalties = new ArrayList<>();
  final List<TrainingListener> listeners = new ArrayList<>();
  final Set<String> forDataSetsAlone = new HashSet<>();
  private @Nullable String lengthGivenBy;

  TrainerBuilder(Network network) {
    this.network = network;
    this.evaluator = Evaluator.of(network);
  }

  /** The part of the training data to measure on. */
  record ValidationSplit(double fraction, boolean stratified) {
    Split of(Dataset data, long seed) {
      return stratified ? data.splitStratified(fraction, seed) : data.split(fraction, seed);
    }
  }

  /**
   * The loss to make small. It is fused with the last activation of the network where it can be,
   * see {@link org.nn4j.model.Objective}.
   *
   * @param function the loss
   * @return this builder
   * @throws IllegalStateException if the loss and this trainer both weigh classes
   */
  public TrainerBuilder loss(Loss function) {
    Require.notNull(function, "Trainer.loss", "function");
    refuseClassWeightsTwice(function, classWeights);
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
    Require.notNull(rule, "Trainer.optimizer", "rule");
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
    Require.notNull(term, "Trainer.penalty", "term");
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
    Require.notNull(rule, "Trainer.clipping", "rule");
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
    forDataSetsAlone.add("batchSize");
    return this;
  }

  /**
   * Gathers the gradients of several batches before each step, as if they were one: for batches
   * that are too large for memory. A last one that is smaller counts for the samples that it holds.
   * Not the same for layers that tie the samples of a batch together, such as batch normalization.
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
   * Whether to leave out, in each epoch, the last samples that do not fill a step. Kept unless told
   * otherwise.
   *
   * @param drop whether to leave them out
   * @return this builder
   */
  public TrainerBuilder dropLast(boolean drop) {
    this.dropLast = drop;
    forDataSetsAlone.add("dropLast");
    return this;
  }

  /**
   * How often to go through the data.
   *
   * @param times at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   * @throws IllegalStateException if a number of steps was given
   */
  public TrainerBuilder epochs(int times) {
    Require.atLeastOne(times, "Trainer", "epochs");
    return length("epochs", TrainingLength.ofEpochs(times));
  }

  /**
   * How many steps to take, through as many epochs as that needs. Where they end in the middle of
   * an epoch, that is where the network is validated.
   *
   * @param number at least 1
   * @return this builder
   * @throws IllegalArgumentException if it is below 1
   * @throws IllegalStateException if a number of epochs was given
   */
  public TrainerBuilder steps(long number) {
    Require.that(number >= 1, "Trainer", "steps of 1 or more", number);
    return length("steps", TrainingLength.ofSteps(number));
  }

  private TrainerBuilder length(String setter, TrainingLength length) {
    if (lengthGivenBy != null && !lengthGivenBy.equals(setter)) {
      throw contradiction("either epochs(...) or steps(...)", lengthGivenBy, setter);
    }
    lengthGivenBy = setter;
    goal = length;
    return this;
  }

  /**
   * Decides the order of the samples in each epoch, and which samples a validation split takes.
   *
   * @param number any number
   * @return this builder
   */
  public TrainerBuilder seed(long number) {
    this.seed = number;
    forDataSetsAlone.add("seed");
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
    forDataSetsAlone.add("shuffle");
    return this;
  }

  /**
   * Data to measure the network on after each epoch.
   *
   * @param data data that is not trained on
   * @return this builder
   * @throws IllegalStateException if a validation split was asked for
   */
  public TrainerBuilder validation(Dataset data) {
    Require.notNull(data, "Trainer.validation", "data");
    ownsValidation = true;
    return validation(() -> evaluator.inBatches(data));
  }

  /**
   * Data that need not be in memory together to measure the network on after each epoch.
   *
   * @param source data that is not trained on; each time its epoch 0 is taken
   * @return this builder
   * @throws IllegalStateException if a validation split was asked for
   */
  public TrainerBuilder validation(BatchSource source) {
    Require.notNull(source, "Trainer.validation", "source");
    ownsValidation = false;
    return validation(() -> source);
  }

  private TrainerBuilder validation(Supplier<BatchSource> batches) {
    if (split != null) {
      throw contradiction(ONE_VALIDATION, "a validation split", "validation");
    }
    this.validation = batches;
    return this;
  }

  /**
   * Sets some of the training data aside to measure the network on after each epoch, drawn from the
   * seed.
   *
   * @param fraction the share to set aside, in (0, 1)
   * @return this builder
   * @throws IllegalArgumentException if the fraction is out of range
   * @throws IllegalStateException if validation data or a stratified split was given
   */
  public TrainerBuilder validationSplit(double fraction) {
    return split(new ValidationSplit(fraction, false), "validationSplit");
  }

  /**
   * Sets the same share of each class of the training data aside to measure the network on after
   * each epoch, drawn from the seed.
   *
   * @param fraction the share to set aside, in (0, 1)
   * @return this builder
   * @throws IllegalArgumentException if the fraction is out of range
   * @throws IllegalStateException if validation data or another split was given
   */
  public TrainerBuilder stratifiedValidationSplit(double fraction) {
    return split(new ValidationSplit(fraction, true), "stratifiedValidationSplit");
  }

  private TrainerBuilder split(ValidationSplit part, String setter) {
    Require.that(
        part.fraction() > 0 && part.fraction() < 1,
        "Trainer",
        "validation fraction in (0, 1)",
        part.fraction());
    if (validation != null) {
      throw contradiction(ONE_VALIDATION, "validation data", setter);
    }
    if (split != null && split.stratified() != part.stratified()) {
      throw contradiction(ONE_VALIDATION, "a split of the other kind", setter);
    }
    this.split = part;
    forDataSetsAlone.add(setter);
    return this;
  }

  /**
   * Weighs the samples of the training data by their class, with any loss; see {@link
   * Dataset#withClassWeights}. Weights for each sample are given to the data set itself, {@link
   * Dataset#withWeights}. Validation data is not weighed by this.
   *
   * @param weights one for each class, each 0 or more; two for a network with one output
   * @return this builder
   * @throws IllegalArgumentException if there are more or fewer weights than classes, or one is
   *     negative or not finite
   * @throws IllegalStateException if the loss weighs classes itself
   */
  public TrainerBuilder classWeights(double... weights) {
    Require.notNull(weights, "Trainer.classWeights", "weights");
    Require.that(
        weights.length > 0 && Arrays.stream(weights).allMatch(w -> w >= 0 && Double.isFinite(w)),
        "Trainer",
        "a class weight of 0 or more for each class",
        Arrays.toString(weights));
    long classes = Math.max(2, network.outputShape().size());
    if (weights.length != classes) {
      throw new IllegalArgumentException(
          Require.message(
              "Trainer",
              "a class weight for each of " + classes + " classes of the network's output",
              weights.length + " weights, " + Arrays.toString(weights),
              "give one weight for each class"));
    }
    refuseClassWeightsTwice(loss, weights);
    this.classWeights = weights.clone();
    forDataSetsAlone.add("classWeights");
    return this;
  }

  private static void refuseClassWeightsTwice(
      @Nullable Loss function, double @Nullable [] weights) {
    if (function != null && function.weighsClasses() && weights != null) {
      throw contradiction("class weights either of the loss or of the trainer", "one", "the other");
    }
  }

  /**
   * Adds a metric of the validation data, and of what {@link Trainer#evaluate} is given.
   *
   * @param metric the metric
   * @return this builder
   * @throws IllegalArgumentException if there is a metric of its name, or it is called {@code
   *     "loss"}, or it measures the training data already
   */
  public TrainerBuilder metric(Metric metric) {
    Require.notNull(metric, "Trainer.metric", "metric");
    refuseMetricTwice(metric, trainingMetrics);
    this.evaluator = evaluator.metrics(metric);
    validationMetrics.add(metric);
    return this;
  }

  /**
   * Adds a metric of the training data. It is measured in the outputs that the steps of an epoch
   * are made of, as the loss of the epoch is: before each step, with dropout at work, each sample
   * counted once. So it is no extra pass over the data, and not the figure of the network as it is
   * at the end of the epoch; that is {@link Trainer#evaluate}. Of an epoch that is resumed in its
   * middle, in another process, it is the figure of the rest.
   *
   * @param metric one that measures nothing else
   * @return this builder
   * @throws IllegalArgumentException if there is a training metric of its name, or it measures the
   *     validation data already
   */
  public TrainerBuilder trainingMetric(Metric metric) {
    Require.notNull(metric, "Trainer.trainingMetric", "metric");
    refuseMetricTwice(metric, validationMetrics);
    Require.that(
        trainingMetrics.stream().noneMatch(other -> other.name().equals(metric.name())),
        "Trainer",
        "training metrics of different names",
        "'" + metric.name() + "' twice",
        "leave one out, or let its name() return another name");
    trainingMetrics.add(metric);
    return this;
  }

  private static void refuseMetricTwice(Metric metric, List<Metric> others) {
    if (others.stream().anyMatch(other -> other == metric)) {
      throw new IllegalArgumentException(
          Require.message(
              "Trainer",
              "one metric for training data and another for validation data",
              "the same '" + metric.name() + "' for both",
              "make two of them"));
    }
  }

  /**
   * Takes up a run where it stood: in the middle of an epoch if need be. The network, the optimizer
   * and the random state of the network's pass must be those of that moment, and data and settings
   * those of that run. The number of epochs or steps counts from the beginning of the run. {@link
   * Trainer#resume} does all this from a checkpoint.
   *
   * @param progress where it stood
   * @return this builder
   */
  public TrainerBuilder startAt(Progress progress) {
    Require.notNull(progress, "Trainer.startAt", "progress");
    this.start = progress;
    return this;
  }

  /**
   * The kinds of layers and activations, those of one's own among them, that checkpoints are
   * written with; {@link Network#load} can then read them. Training goes on from them without it.
   *
   * @param kinds a registry
   * @return this builder
   */
  public TrainerBuilder registry(ModelRegistry kinds) {
    Require.notNull(kinds, "Trainer.registry", "kinds");
    this.registry = kinds;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener called for each event
   * @return this builder
   */
  public TrainerBuilder listener(TrainingListener listener) {
    Require.notNull(listener, "Trainer.listener", "listener");
    listeners.add(listener);
    return this;
  }

  /**
   * Makes the trainer.
   *
   * @return a trainer
   * @throws IllegalStateException if the loss or the optimizer is missing
   * @throws org.nn4j.ShapeMismatchException if the validation data does not fit the network
   */
  public Trainer build() {
    return new Trainer(network, given(loss, "loss"), given(optimizer, "optimizer"), this);
  }

  private static IllegalStateException contradiction(String expected, String first, String second) {
    return new IllegalStateException(
        Require.message("Trainer", expected, first + " and " + second, "leave one of them out"));
  }

  private static <T> T given(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException(
          Require.message("Trainer", "a " + name, "none", "call " + name + "(...) before build()"));
    }
    return part;
  }
}
