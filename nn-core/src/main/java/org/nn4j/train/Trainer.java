package org.nn4j.train;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.nn4j.DivergedException;
import org.nn4j.Loss;
import org.nn4j.OffHeap;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.ShapeMismatchException;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.batch.Epoch;
import org.nn4j.internal.Checks;
import org.nn4j.io.ModelFormatException;
import org.nn4j.model.Evaluation;
import org.nn4j.model.Evaluator;
import org.nn4j.model.Network;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

/**
 * Training loop with listeners, metrics and validation.
 *
 * <p>Each epoch uses all samples once, in an order drawn from the seed. The same network, data,
 * settings and seed result in the same bits. If a fit is stopped or interrupted, the next one
 * continues at the same step and ends with the bits of an uninterrupted run, unless a listener
 * changed the parameters, as {@link EarlyStopping} does. After a completed fit, the next one trains
 * the same length again; epochs and steps continue to count. {@link #resume} continues a run of
 * another process from a checkpoint.
 *
 * <p>Not thread-safe, except {@link #stop()} and {@link #close()}.
 */
public final class Trainer implements OffHeap {
  private final Network network;
  private final Loss loss;
  private final Optimizer optimizer;
  private final TrainingStep step;
  private final GradientAccumulation accumulation;
  private final TrainingDataFactory loader;
  private final Evaluator evaluator;
  private final Run run;
  private final MutableProgress position;
  private final TrainingMetrics metrics;
  private final ListenerList listeners;
  private final DivergenceCheck check;
  private final FitLock lock;
  private RunLength plan = new RunLength(OptionalLong.empty(), OptionalLong.empty());

  Trainer(TrainingSettings settings) {
    this.run = new Run(settings);
    this.network = settings.network();
    this.loss = settings.loss();
    this.optimizer = settings.optimizer();
    this.step = new TrainingStep(settings, run);
    this.accumulation = new GradientAccumulation(settings.microBatches());
    this.loader = new TrainingDataFactory(settings);
    this.evaluator = settings.evaluator();
    this.position = run.position();
    this.metrics = run.metrics();
    this.listeners = run.listeners();
    this.check = new DivergenceCheck(network, optimizer, position);
    this.lock = new FitLock(network, settings.batchSize(), this::free);
  }

  /**
   * Returns a builder of a trainer.
   *
   * @param network the network to train
   * @return a builder
   */
  public static TrainerBuilder builder(Network network) {
    return new TrainerBuilder(Require.notNull(network, "Trainer.builder", "network"));
  }

  /**
   * Trains the network. If the thread is interrupted, training ends after the current step and the
   * interrupt status stays set.
   *
   * @param data the training data
   * @return the figures of each epoch
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws DivergedException if a loss is not finite (the trainable parameters are those before
   *     that step; batch normalization may have changed its statistics), or a parameter is not
   *     finite after the last step of an epoch
   * @throws IllegalArgumentException if a resumed run began with data of another size
   * @throws IllegalStateException if the network is being trained, it or the trainer is closed, or
   *     the optimizer has taken steps before this run
   */
  public History fit(Dataset data) {
    Require.notNull(data, "Trainer.fit", "data");
    return lock.during(() -> train(() -> loader.load(data), this::trainEpoch));
  }

  /**
   * Trains the network on the batches of a source, in its order, for data larger than memory.
   *
   * @param source the training data
   * @return the figures of each epoch
   * @throws IllegalStateException as {@link #fit(Dataset)}, or if an epoch has no batch, or the
   *     trainer has settings for data sets, such as a batch size
   */
  public History fit(BatchSource source) {
    Require.notNull(source, "Trainer.fit", "source");
    return lock.during(() -> train(() -> loader.load(source), this::trainEpoch));
  }

  /**
   * Trains the network on data in parts, by workers that compute the steps together. Checkpoints,
   * stops and the end of {@code steps(n)} come after a whole round.
   *
   * @param workers the training data
   * @return the figures of each epoch
   * @throws IllegalStateException as {@link #fit(Dataset)}, or if the trainer has a setting that
   *     workers do not support: a validation split, training metrics, accumulated batches, or
   *     omitted last batches
   */
  public History fit(DataParallel workers) {
    Require.notNull(workers, "Trainer.fit", "workers");
    return lock.during(() -> train(() -> loader.load(workers), data -> trainEpoch(workers)));
  }

  private History train(Supplier<TrainingData> loading, Consumer<TrainingData> epoch) {
    run.begin(); // a request to stop counts from here on, also one that comes while data is loaded
    try (TrainingData data = loading.get()) {
      run.requireDataSize(data.size());
      return train(data, epoch);
    }
  }

  private History train(TrainingData data, Consumer<TrainingData> epoch) {
    List<EpochResult> epochs = new ArrayList<>();
    History history;
    try {
      data.requireValidationTargets(loss);
      OptionalInt steps = data.stepsPerEpoch(accumulation.microBatches());
      plan = run.length().inSteps(position, steps);
      optimizer.plan(plan);
      listeners.trainBegin(
          run.length().lastEpoch(steps), steps, metrics.names(), data.figures(evaluator));
      while (!run.isOver()) {
        trainAndValidate(data, steps, epoch, epochs);
      }
      history = new History(epochs, run.finishFit());
    } catch (RuntimeException | Error failure) {
      listeners.trainFailed(epochs, failure);
      throw failure;
    }
    listeners.trainEnd(history);
    return history;
  }

  private void trainAndValidate(
      TrainingData data,
      OptionalInt steps,
      Consumer<TrainingData> epoch,
      List<EpochResult> epochs) {
    Progress before = position.progress();
    if (before.stepsInEpoch() == 0) {
      metrics.reset();
    }
    listeners.epochBegin(before.epoch(), run.length().lastEpoch(steps), steps);

    long start = System.nanoTime();
    epoch.accept(data);
    check.parameters();
    double seconds = (System.nanoTime() - start) / 1e9;

    Progress after = position.progress();
    boolean isComplete = position.isAtEpochEnd() || run.length().isReached(position);
    if (position.isAtEpochEnd()) {
      position.nextEpoch();
    }
    if (isComplete || !after.equals(before)) { // not of an interrupt before the first step
      EpochResult result =
          new EpochResult(
              before.epoch(),
              after.stepsInEpoch(),
              after.loss(),
              optimizer.learningRate(),
              seconds,
              (after.samples() - before.samples()) / seconds,
              metrics.values(),
              isComplete ? data.validate(evaluator, before.epoch(), listeners) : Evaluation.none());
      epochs.add(result);
      if (isComplete) {
        listeners.epochEnd(result);
      }
    }
  }

  /** Trains the remaining steps of an epoch. */
  private void trainEpoch(TrainingData data) {
    BatchSource source = requireNonNull(data.batches());
    try (Epoch epoch =
        Checks.returned(source.epoch(position.epoch()), source, "an epoch from epoch")) {
      Iterator<Batch> batches =
          Checks.returned(epoch.iterator(), epoch, "an iterator from iterator");
      accumulation.skip(position.stepsInEpoch(), batches);
      while (batches.hasNext() && !run.isOver()) {
        listeners.batchBegin(position);
        step.take(batches);
        position.stepTaken(step.loss(), step.samples());
        listeners.batchEnd(position, step.loss(), step.samples());
      }
      if (!batches.hasNext()) {
        position.reachEpochEnd();
      }
    }
  }

  /** Trains the remaining rounds of an epoch. */
  private void trainEpoch(DataParallel workers) {
    while (position.stepsInEpoch() < workers.stepsPerEpoch() && !run.isOver()) {
      listeners.batchBegin(position);
      network.zeroGrad();
      DataParallel.Round round =
          Checks.returned(workers.next(run, plan), workers, "a round from next");
      requireSteps(round, workers);
      double loss = round.loss();
      if (workers.exchange() == DataParallel.Exchange.GRADIENTS) {
        step.take(round);
        loss = step.loss();
      } else {
        check.loss(loss);
      }
      position.stepsTaken(round.steps(), loss, round.samples());
      listeners.batchEnd(position, loss, round.samples());
    }
    if (position.stepsInEpoch() >= workers.stepsPerEpoch()) {
      position.reachEpochEnd();
    }
  }

  private void requireSteps(DataParallel.Round round, DataParallel workers) {
    int most =
        workers.exchange() == DataParallel.Exchange.GRADIENTS
            ? 1
            : workers.stepsPerEpoch() - position.stepsInEpoch();
    Require.that(
        round.steps() <= most,
        workers.toString(),
        "a round of at most " + most + " steps",
        round.steps(),
        "return the steps that the workers took, those of one epoch");
  }

  /**
   * Evaluates the network with the loss and the metrics of this trainer, between fits.
   *
   * @param data the data
   * @return the loss and each metric
   * @throws ShapeMismatchException if the data does not fit the network
   * @throws IllegalStateException if the network is being trained, or it or the trainer is closed
   */
  public Evaluation evaluate(Dataset data) {
    Require.notNull(data, "Trainer.evaluate", "data");
    return lock.withoutClaim(() -> evaluator.evaluate(data));
  }

  /**
   * Returns the network.
   *
   * @return the network itself
   */
  public Network network() {
    return network;
  }

  /**
   * Stops the current fit after its current step; the next fit resumes there. Without a fit it has
   * no effect. Thread-safe.
   */
  public void stop() {
    run.interrupt("stop() was called");
  }

  /**
   * Returns the position in the run, for the thread that trains or after a fit.
   *
   * @return the numbers of epoch and steps
   */
  public Progress progress() {
    return run.progress();
  }

  /**
   * Returns the state of the run, for {@link #resume}. For the thread that trains or after a fit,
   * also one that was stopped or interrupted.
   *
   * @return a copy
   */
  public Checkpoint checkpoint() {
    return run.checkpoint();
  }

  /**
   * Resumes a run from a file: the next fit ends with the same bits as an uninterrupted run, on the
   * same machine with the same number of threads.
   *
   * @param path a checkpoint, or a folder with the newest one, see {@link Checkpoints#newest}
   * @return this trainer
   * @throws java.io.FileNotFoundException if there is none
   * @throws ModelFormatException if it is damaged, or of another network
   * @throws IOException if it cannot be read
   */
  public Trainer resume(Path path) throws IOException {
    Require.notNull(path, "Trainer.resume", "path");
    return resume(Checkpoints.at(path));
  }

  /**
   * Resumes a run: restores the network, the optimizer, the random state, the progress and the
   * listeners. The number of epochs or steps counts from the beginning of the run and may differ
   * from before, as may the learning rate, the validation data and the listeners.
   *
   * @param checkpoint the state of a run
   * @return this trainer
   * @throws ModelFormatException if it is of another network; nothing is changed then
   * @throws IllegalArgumentException if this trainer has other settings or another optimizer;
   *     nothing is changed then. The next fit refuses training data of another size
   * @throws IllegalStateException if the network is being trained
   */
  public Trainer resume(Checkpoint checkpoint) throws ModelFormatException {
    Require.notNull(checkpoint, "Trainer.resume", "checkpoint");
    run.restore(checkpoint);
    return this;
  }

  /**
   * Returns the bytes outside the Java heap that are kept between fits: validation batches and the
   * state of the optimizer. Training batches are freed after each fit.
   */
  @Override
  public long offHeapBytes() {
    return loader.offHeapBytes() + optimizer.offHeapBytes();
  }

  /**
   * Frees the buffers and the state of the optimizer, during a fit at its end. The network and the
   * data stay open.
   */
  @Override
  public void close() {
    lock.close();
  }

  private void free() {
    loader.close();
    optimizer.close();
  }
}
