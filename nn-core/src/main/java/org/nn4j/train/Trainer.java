package org.nn4j.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.DivergedException;
import org.nn4j.Loss;
import org.nn4j.OffHeap;
import org.nn4j.Optimizer;
import org.nn4j.Parameter;
import org.nn4j.Pass;
import org.nn4j.Require;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Batch;
import org.nn4j.data.BatchSource;
import org.nn4j.data.Dataset;
import org.nn4j.data.Epoch;
import org.nn4j.internal.kernel.BlasThreads;
import org.nn4j.internal.kernel.Gate;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Checkpoint;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.model.Progress;
import org.nn4j.model.TrainingClaim;
import org.nn4j.train.TrainingListener.EpochBegin;
import org.nn4j.train.TrainingListener.TrainBegin;
import org.nn4j.train.TrainingListener.TrainEnd;
import org.nn4j.train.TrainingListener.ValidationBegin;
import org.nn4j.train.TrainingListener.ValidationEnd;

/**
 * The training loop, with listeners, metrics and validation around it.
 *
 * <p>Each epoch goes through the data once, in an order drawn from the seed. The same network,
 * data, settings and seed give the same bits.
 *
 * <p>A fit trains the epochs or steps that the trainer was built with. One that ended before, by a
 * stop or an interrupt, is taken up by the next fit at the very step, and then has the same bits as
 * if it had never ended; after one that was completed, the next fit trains as much again. The
 * numbers of epochs and steps, and so the orders, go on.
 *
 * <p>A run that ended with its process is taken up by {@link #resume}, from a checkpoint that
 * {@link CheckpointListener} or {@link #checkpoint} made.
 *
 * <p>Not thread-safe, but for {@link #stop()} and {@link #close()}.
 */
public final class Trainer implements OffHeap {
  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final DataLoader plan;
  private final Regularization regularization;
  private final DivergenceCheck check;
  private final long largestProduct;
  private final GradientAccumulation accumulation;
  private final Evaluator evaluator;
  private final Run run;
  private final ListenerList listeners;
  private final TrainingMetrics metrics;
  private final MutableProgress position;
  private final Gate gate = new Gate(this::free);

  Trainer(Network network, Loss loss, Optimizer optimizer, TrainerBuilder settings) {
    this.network = network;
    this.run = new Run(network, loss, optimizer, settings);
    this.objective = run.objective();
    this.optimizer = optimizer;
    this.regularization = new Regularization(List.copyOf(settings.penalties), settings.clipping);
    this.largestProduct = settings.batchSize * largestWeight(network);
    this.plan = new DataLoader(network, settings);
    this.accumulation = new GradientAccumulation(settings.microBatches);
    this.evaluator = settings.evaluator.loss(loss);
    this.listeners = run.listeners();
    this.metrics = run.metrics();
    this.position = run.position();
    this.check = new DivergenceCheck(network, optimizer, position);
  }

  /**
   * Starts a trainer.
   *
   * @param network the network to train
   * @return a builder
   */
  public static TrainerBuilder builder(Network network) {
    Require.notNull(network, "Trainer.builder", "network");
    return new TrainerBuilder(network);
  }

  /**
   * Trains the network.
   *
   * <p>An interrupt of this thread ends training after the current step, and is left for the caller
   * to see.
   *
   * @param data the training data
   * @return the figures of each epoch
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws DivergedException if a loss is not finite (the parameters are those before that step),
   *     or the last step of an epoch made a parameter that is not finite
   * @throws IllegalArgumentException if the run was resumed and began with data of another size
   * @throws IllegalStateException if the network is being trained by another trainer or thread, or
   *     the trainer or the network is closed
   */
  public History fit(Dataset data) {
    Require.notNull(data, "Trainer.fit", "data");
    requireOpen();
    try (TrainingData batches = plan.of(data)) {
      return fit(batches);
    }
  }

  /**
   * Trains the network on data that need not be in memory together. The source cuts the batches, in
   * its order.
   *
   * @param source the training data
   * @return the figures of each epoch
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws DivergedException as of a data set
   * @throws IllegalStateException if the network is being trained by another trainer or thread, the
   *     source has an epoch without a batch, or the trainer was given a setting for data sets
   *     alone, such as a batch size
   */
  public History fit(BatchSource source) {
    Require.notNull(source, "Trainer.fit", "source");
    requireOpen();
    try (TrainingData batches = plan.of(source)) {
      return fit(batches);
    }
  }

  private History fit(TrainingData data) {
    TrainingClaim claim = network.claimForTraining();
    try {
      enter();
      try {
        return fitAlone(data);
      } finally {
        gate.leave();
      }
    } finally {
      claim.close();
    }
  }

  private History fitAlone(TrainingData data) {
    BlasThreads.Scope threads = BlasThreads.forProducts(network.dataType(), largestProduct);
    try {
      run.begin(data.size());
      History history = train(data);
      listeners.trainEnd(new TrainEnd(history));
      return history;
    } finally {
      threads.close();
    }
  }

  private void enter() {
    if (!gate.enter()) {
      throw refused();
    }
  }

  private void requireOpen() {
    if (gate.isClosed()) {
      throw refused();
    }
  }

  private IllegalStateException refused() {
    return new IllegalStateException(
        Require.message(
            "Trainer",
            "an open trainer, used by one call at a time",
            gate.found(),
            "build a trainer for each run, and close it after its last fit"));
  }

  private History train(TrainingData data) {
    List<EpochResult> epochs = new ArrayList<>();
    try {
      data.requireValidationTargets(objective.loss());
      OptionalInt steps = data.stepsPerEpoch(accumulation.microBatches());
      List<String> figures = data.validation() == null ? List.of() : evaluator.figures();
      listeners.trainBegin(
          new TrainBegin(run.goal().lastEpoch(steps), steps, metrics.names(), figures));
      while (!run.isOver()) {
        trainAndValidate(data, steps, epochs);
      }
      return new History(epochs, run.end());
    } catch (RuntimeException | Error failure) {
      StopReason ending = new StopReason(StopReason.Kind.FAILED, failure.toString());
      listeners.trainFailed(new TrainEnd(new History(epochs, ending)), failure);
      throw failure;
    }
  }

  private void trainAndValidate(TrainingData data, OptionalInt steps, List<EpochResult> history) {
    Progress before = position.progress();
    int number = before.epoch();
    if (before.stepsInEpoch() == 0) {
      metrics.reset();
    }
    listeners.epochBegin(new EpochBegin(number, run.goal().lastEpoch(steps), steps));

    long start = System.nanoTime();
    double loss = trainEpoch(data.batches());
    check.parameters();
    double seconds = (System.nanoTime() - start) / 1e9;

    Progress after = position.progress();
    boolean whole = position.isAtEpochEnd();
    if (whole) {
      position.nextEpoch();
    }
    boolean cutShort = !whole && !run.goal().isReached(position);
    if (cutShort && after.equals(before)) {
      return;
    }
    EpochResult end =
        new EpochResult(
            number,
            after.stepsInEpoch(),
            loss,
            optimizer.learningRate(),
            seconds,
            (after.samples() - before.samples()) / seconds,
            metrics.values(),
            cutShort ? Map.of() : validate(data.validation(), number));
    history.add(end);
    if (!cutShort) {
      listeners.epochEnd(end);
    }
  }

  /** The steps of one epoch, from where training stands; gives its mean loss so far. */
  private double trainEpoch(BatchSource source) {
    try (Epoch epoch = source.epoch(position.epoch())) {
      Iterator<Batch> batches = epoch.iterator();
      accumulation.skip(position.stepsInEpoch(), batches);
      while (batches.hasNext() && !run.isOver()) {
        listeners.batchBegin(position);
        step(batches);
      }
      if (!batches.hasNext()) {
        position.reachEpochEnd();
      }
    }
    return position.meanLoss();
  }

  /** One step of the loop that all training is: on a batch, or on several as if they were one. */
  private void step(Iterator<Batch> batches) {
    Network model = objective.network();
    Loss lossFunction = objective.loss();
    Pass pass = model.trainingPass();
    double lossSum = 0;
    int samples = 0;
    double penalty = regularization.penalty(model.parameters());

    model.parameters().zeroGradLater();
    for (int i = 0; i < accumulation.microBatches() && batches.hasNext(); i++) {
      Batch batch = batches.next();
      INDArray output = model.forward(batch.inputs());
      double loss = lossFunction.forward(output, batch.targets(), batch.weights(), pass);
      check.loss(loss + penalty, batch);
      metrics.update(output, batch.targets());
      INDArray gradient = accumulation.weigh(lossFunction.backward(pass), batch.size());
      model.backwardParameters(gradient, pass);
      lossSum += loss * batch.size();
      samples += batch.size();
    }
    accumulation.average(model.parameters().gradients(), samples);
    regularization.apply(model.parameters());
    optimizer.step(model.parameters());

    double loss = lossSum / samples + penalty;
    position.stepTaken(loss, samples);
    listeners.batchEnd(position, loss, samples);
  }

  private static long largestWeight(Network network) {
    return network.parameters().stream()
        .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
        .mapToLong(parameter -> parameter.value().length())
        .max()
        .orElse(0);
  }

  private Map<String, Double> validate(@Nullable BatchSource data, int epoch) {
    if (data == null) {
      return Map.of();
    }
    listeners.validationBegin(new ValidationBegin(epoch));
    long start = System.nanoTime();
    Map<String, Double> figures = evaluator.evaluate(data);
    double seconds = (System.nanoTime() - start) / 1e9;
    listeners.validationEnd(new ValidationEnd(epoch, figures, seconds));
    return figures;
  }

  /**
   * Ends the fit that is under way after the current step, with whole parameters and the history so
   * far; the next fit takes it up there. Nothing happens if no fit is under way. Thread-safe.
   */
  public void stop() {
    run.interrupt("stop() was called");
  }

  /**
   * Where training stands. For the thread that trains, or after a fit.
   *
   * @return what {@link TrainerBuilder#startAt} takes
   */
  public Progress progress() {
    return run.progress();
  }

  /**
   * The run as it stands: all that {@link #resume} needs. For the thread that trains, or after a
   * fit; after one that was stopped or interrupted it is the run in the middle.
   *
   * @return a copy
   */
  public Checkpoint checkpoint() {
    return run.checkpoint();
  }

  /**
   * Goes on with a run that was saved: the next fit ends with the same bits as if the run had never
   * ended, on the same machine with the same thread setting.
   *
   * @param path a checkpoint, or a folder with checkpoints, of which the newest whole one is taken
   *     ({@link Checkpoints#newest})
   * @return this trainer
   * @throws java.io.FileNotFoundException if there is none
   * @throws ModelFormatException if it is damaged, or of another network
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException as of {@link #resume(Checkpoint)}
   * @throws IllegalStateException if the network is being trained
   */
  public Trainer resume(Path path) throws IOException {
    Require.notNull(path, "Trainer.resume", "path");
    return resume(Checkpoints.at(path));
  }

  /**
   * Goes on with a run that was saved: puts the network, the optimizer, the random state, the
   * progress and the listeners back to where they stood. The number of epochs or steps counts from
   * the beginning of the run, and may be another one than before; so may the learning rate, the
   * validation data and the listeners.
   *
   * @param checkpoint where the run stood
   * @return this trainer
   * @throws ModelFormatException if it is of another network; nothing is changed then
   * @throws IllegalArgumentException if this trainer has other settings, which are all listed, or
   *     an optimizer of another kind; nothing is changed then. Another size of the training data is
   *     refused by the next fit
   * @throws IllegalStateException if the network is being trained
   */
  public Trainer resume(Checkpoint checkpoint) throws ModelFormatException {
    Require.notNull(checkpoint, "Trainer.resume", "checkpoint");
    TrainingClaim claim = network.claimForTraining();
    try {
      run.restore(checkpoint);
    } finally {
      claim.close();
    }
    return this;
  }

  /**
   * Measures the network on data that it is not trained on.
   *
   * @param data the data
   * @return the mean loss under {@code "loss"}, and each metric under its name
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws IllegalStateException if another thread trains the network meanwhile
   */
  public Map<String, Double> evaluate(Dataset data) {
    Require.notNull(data, "Trainer.evaluate", "data");
    plan.checkShapes(data.inputShape(), data.targetShape(), "evaluation data");
    return evaluator.evaluate(data);
  }

  /**
   * Returns the bytes outside the Java heap that this trainer keeps between fits: the buffers of
   * its own pass, where loss and last activation are fused, the batches of validation data, and the
   * state of the optimizer. The batches of training data are freed at the end of each fit.
   */
  @Override
  public long offHeapBytes() {
    Network trained = objective.network();
    return (trained == network ? 0 : trained.offHeapBytes())
        + plan.offHeapBytes()
        + optimizer.offHeapBytes();
  }

  /**
   * Frees the buffers and the state of the optimizer, which takes no step after that; the network
   * and the data are not closed. During a fit, they are freed at its end.
   */
  @Override
  public void close() {
    gate.close();
  }

  private void free() {
    if (objective.network() != network) {
      objective.network().close();
    }
    plan.close();
    optimizer.close();
  }
}
