package org.nn4j.train;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.nn4j.DivergedException;
import org.nn4j.Layer;
import org.nn4j.OffHeap;
import org.nn4j.Optimizer;
import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.SeededRandom;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.internal.NetworkAccess;
import org.nn4j.internal.PassMemory;
import org.nn4j.io.ModelFormatException;
import org.nn4j.layer.BatchNormalization;
import org.nn4j.layer.Dropout;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.Progress;

/**
 * Worker of {@link DataParallel} training, with the network, loss, optimizer, regularization, batch
 * size, order and class weights of a trainer. What it computes depends on its arguments alone, so
 * another worker can repeat it.
 *
 * <p>Not thread-safe, except {@link #close}.
 */
public final class TrainingWorker implements OffHeap {
  private final TrainingSettings settings;
  private final Network network;
  private final Optimizer optimizer;
  private final Run run;
  private final TrainingStep step;
  private final FitLock lock;

  TrainingWorker(TrainingSettings settings) {
    settings.requireForWorkers();
    this.settings = settings;
    this.network = settings.network();
    this.optimizer = settings.optimizer();
    this.run = new Run(settings);
    this.step = new TrainingStep(settings, run);
    this.lock = new FitLock(network, settings.batchSize(), optimizer::close);
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
   * Returns the optimizer.
   *
   * @return the optimizer itself
   */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Returns the number of samples in a batch.
   *
   * @return at least 1
   */
  public int batchSize() {
    return settings.batchSize();
  }

  /**
   * Requires that a run has the network and the settings of this worker.
   *
   * @param checkpoint the state of the run
   * @throws ModelFormatException if it is of another network
   * @throws IllegalArgumentException if it has other settings or another optimizer
   */
  public void requireSameRun(Checkpoint checkpoint) throws ModelFormatException {
    Require.notNull(checkpoint, "TrainingWorker.requireSameRun", "checkpoint");
    run.restore(checkpoint);
  }

  /**
   * Checks that training accepts each sample.
   *
   * @param data samples of the shapes of the network
   * @throws IllegalArgumentException if an input is not finite, or the loss is not defined for a
   *     target; the message contains the row, from 0
   */
  public void check(Dataset data) {
    Require.notNull(data, "TrainingWorker.check", "data");
    int row = 0;
    try (Batches rows = Batches.inOrder(data, 1, network.dataType());
        Epoch epoch = rows.evaluation()) {
      for (Batch sample : epoch) {
        Require.that(
            !(sample.inputs().isNaN().any() || sample.inputs().isInfinite().any()),
            "TrainingWorker, row " + row,
            "finite inputs",
            "NaN or infinite",
            "correct or remove the row");
        try {
          settings.loss().requireTargets(sample.targets());
        } catch (IllegalArgumentException refused) {
          throw new IllegalArgumentException("row " + row + ", " + refused.getMessage(), refused);
        }
        row++;
      }
    }
    weighted(data);
  }

  /**
   * Returns the order of samples in an epoch, by the seed or that of the data. The first part has
   * the order that a trainer uses for a data set.
   *
   * @param samples their number
   * @param part the number of the part of the data, from 0
   * @param epoch the epoch, from 1
   * @return the index of each sample
   */
  public int[] order(int samples, int part, int epoch) {
    int[] order = IntStream.range(0, samples).toArray();
    if (settings.shuffle()) {
      SeededRandom.stream(settings.seed() + part, epoch).shuffle(order);
    }
    return order;
  }

  /**
   * Takes steps over all samples of a data set, in its order, from the parameters of {@link
   * #network()} and the state of {@link #optimizer()}.
   *
   * @param from the position before the first step, for messages
   * @param length the length of the run
   * @param data the samples
   * @param stream the number of the random stream of dropout, another for each part and round
   * @return the number of steps, the samples, and the sum of their losses, penalties included
   * @throws DivergedException if a loss is not finite
   * @throws IllegalStateException if a layer that is no {@link Dropout} has a state between steps
   */
  public Progress steps(Progress from, RunLength length, Dataset data, long stream) {
    Require.notNull(from, "TrainingWorker.steps", "from");
    Require.notNull(length, "TrainingWorker.steps", "length");
    Require.notNull(data, "TrainingWorker.steps", "data");
    optimizer.plan(length);
    restart(stream);
    run.position().moveTo(from);
    return lock.during(() -> steps(weighted(data), from.epoch()));
  }

  private Progress steps(Dataset data, int epochNumber) {
    int steps = 0;
    double lossSum = 0;
    try (Batches batches = Batches.inOrder(data, batchSize(), network.dataType());
        Epoch epoch = batches.evaluation()) {
      Iterator<Batch> iterator = epoch.iterator();
      while (iterator.hasNext()) {
        step.take(iterator);
        run.position().stepTaken(step.loss(), step.samples());
        lossSum += step.loss() * step.samples();
        steps++;
      }
    }
    requireRepeatable();
    return new Progress(epochNumber, steps, steps, lossSum, data.size());
  }

  /**
   * Computes the sum over samples of the gradients of their losses, at the values of {@link
   * #network()}, into its gradients. A statistic, such as that of batch normalization, has no
   * gradient: its new value times the number of samples takes its place.
   *
   * @param data the samples, one batch
   * @param stream the number of the random stream of dropout, another for each part and round
   * @return the sum of the losses, without penalties
   * @throws IllegalArgumentException if there is one sample and a {@link BatchNormalization}
   * @throws IllegalStateException if a layer that is no {@link Dropout} has a state between steps
   */
  public double gradients(Dataset data, long stream) {
    Require.notNull(data, "TrainingWorker.gradients", "data");
    restart(stream);
    return lock.during(() -> gradients(weighted(data)));
  }

  private double gradients(Dataset data) {
    Objective objective = run.objective();
    int samples = data.size();
    Require.that(
        samples > 1 || leaves().stream().noneMatch(BatchNormalization.class::isInstance),
        "TrainingWorker",
        "2 samples or more for batch normalization",
        samples,
        "use larger batches or fewer parts");
    network.zeroGrad();
    try (Batches batches = Batches.inOrder(data, samples, network.dataType());
        Epoch epoch = batches.evaluation()) {
      double loss = objective.forward(epoch.iterator().next());
      objective.backward(samples);
      WorkerStatistics.intoGradients(network.parameters(), samples);
      requireRepeatable();
      return loss * samples;
    }
  }

  private Dataset weighted(Dataset data) {
    double[] weights = settings.classWeights().stream().mapToDouble(Double::doubleValue).toArray();
    return weights.length == 0 ? data : data.withClassWeights(weights);
  }

  /** Starts the random streams of dropout again. */
  private void restart(long stream) {
    IdentityHashMap<Layer, SeededRandom> streams = new IdentityHashMap<>();
    for (Layer layer : leaves()) {
      if (layer instanceof Dropout dropout) {
        streams.put(layer, SeededRandom.stream(dropout.seed(), stream));
      }
    }
    PassMemory.of(network.trainingPass()).restoreStates(streams);
  }

  private Collection<Layer> leaves() {
    return NetworkAccess.get().leaves(network).values();
  }

  /** Requires that no layer but dropout has a state: it would begin again in each round. */
  private void requireRepeatable() {
    for (Object owner : PassMemory.of(network.trainingPass()).states().keySet()) {
      if (!(owner instanceof Dropout)) {
        throw new IllegalStateException(
            Require.message(
                "TrainingWorker",
                "no state between steps, other than that of dropout",
                "a state of " + owner,
                "use dropout(rate), or train with data in this process"));
      }
    }
  }

  @Override
  public long offHeapBytes() {
    return optimizer.offHeapBytes();
  }

  /** Frees the state of the optimizer. The network stays open. */
  @Override
  public void close() {
    lock.close();
  }
}
