package org.nn4j.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.RunLength;
import org.nn4j.Shape;
import org.nn4j.data.Sample;
import org.nn4j.io.ModelFormatException;
import org.nn4j.persistence.Progress;
import org.nn4j.train.DataParallel;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingWorker;
import scala.Tuple2;

/**
 * Training data on Spark, for {@link org.nn4j.train.Trainer#fit(DataParallel)}. Each partition is a
 * worker; the driver runs the epochs, the validation, the listeners and the checkpoints.
 *
 * <pre>{@code
 * try (SparkTraining data = SparkTraining.averageEvery(100, samples, recipe)) {
 *   Trainer trainer = recipe.builder().epochs(10).validation(validation).build();
 *   History history = trainer.fit(data);
 * }
 * }</pre>
 *
 * <p>A worker's task depends on the broadcast state, the round, the seed and the partition alone,
 * and results are added in the order of the partitions. So a task that Spark repeats does not
 * change the bits of the result, provided that the partitions have the same samples in the same
 * order each time they are computed.
 *
 * <p>The samples are checked, packed and persisted before the first round. Not thread-safe.
 */
public final class SparkTraining implements DataParallel, AutoCloseable {
  private static final String NAME = "SparkTraining";

  private final JavaSparkContext context;
  private final TrainingRecipe recipe;
  private final Exchange exchange;
  private final int stepsOfRound;
  private final TrainingWorker prototype;
  private final String run = UUID.randomUUID().toString();
  private final JavaRDD<SamplePart> parts;
  private @Nullable Shares shares;
  private boolean isSameRun;
  private RoundTimes times = RoundTimes.NONE;

  private SparkTraining(
      JavaRDD<Sample> samples, TrainingRecipe recipe, Exchange exchange, int stepsOfRound) {
    Require.notNull(samples, NAME, "samples");
    this.recipe = Require.notNull(recipe, NAME, "recipe");
    this.exchange = exchange;
    this.stepsOfRound = stepsOfRound;
    this.context = JavaSparkContext.fromSparkContext(samples.context());
    this.prototype = recipe.builder().buildWorker();
    TrainingRecipe ofWorkers = recipe;
    String name = run;
    this.parts =
        samples
            .mapPartitionsWithIndex((number, rows) -> pack(number, rows, name, ofWorkers), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<SamplePart> pack(
      int number, Iterator<Sample> rows, String run, TrainingRecipe recipe) {
    SamplePart part = IdleWorkers.use(run, recipe, worker -> SamplePart.of(number, rows, worker));
    return List.of(part).iterator();
  }

  /**
   * Returns data whose workers train on their partitions for an epoch, then average parameters and
   * optimizer state.
   *
   * @param samples the training samples; their partitions are the workers
   * @param recipe the settings of trainer and workers; the batch size is that of each worker
   * @return the training data
   */
  public static SparkTraining averageEachEpoch(JavaRDD<Sample> samples, TrainingRecipe recipe) {
    return new SparkTraining(samples, recipe, Exchange.PARAMETERS, Integer.MAX_VALUE);
  }

  /**
   * Returns data whose workers train on their partitions for a number of steps, then average
   * parameters and optimizer state. The largest partition takes this number of steps, smaller ones
   * proportionally fewer; a mean is weighted by samples.
   *
   * @param steps the number of steps, at least 1
   * @param samples the training samples; their partitions are the workers
   * @param recipe the settings of trainer and workers; the batch size is that of each worker
   * @return the training data
   * @throws IllegalArgumentException if the number of steps is below 1
   */
  public static SparkTraining averageEvery(
      int steps, JavaRDD<Sample> samples, TrainingRecipe recipe) {
    Require.atLeastOne(steps, NAME, "number of steps between averages");
    return new SparkTraining(samples, recipe, Exchange.PARAMETERS, steps);
  }

  /**
   * Returns data whose workers sum the gradients of each step, for large networks. A step is that
   * of one process on the same batch, apart from rounding, and apart from layers that combine the
   * samples of a batch.
   *
   * @param samples the training samples; each partition contributes to each batch in proportion to
   *     its size
   * @param recipe the settings of trainer and workers; the batch size is that of all workers
   *     together
   * @return the training data
   */
  public static SparkTraining sumGradients(JavaRDD<Sample> samples, TrainingRecipe recipe) {
    return new SparkTraining(samples, recipe, Exchange.GRADIENTS, 1);
  }

  /** Returns the shares of the partitions, after a pass over the samples that checks them. */
  private Shares shares() {
    if (shares == null) {
      List<Tuple2<Integer, String>> checked =
          Jobs.run(
              "a pass over the samples",
              parts.map(part -> new Tuple2<>(part.size(), part.problem()))::collect);
      Optional<String> problem =
          checked.stream().map(Tuple2::_2).filter(text -> !text.isEmpty()).findFirst();
      int[] sizes = checked.stream().mapToInt(Tuple2::_1).toArray();
      Shares found =
          exchange == Exchange.GRADIENTS
              ? Shares.ofSamples(sizes, prototype.batchSize())
              : Shares.ofBatches(sizes, prototype.batchSize());
      Require.that(
          problem.isEmpty() && found.samples() > 0,
          NAME,
          "samples that training accepts",
          problem.orElse("no sample"),
          "correct the data");
      shares = found;
    }
    return shares;
  }

  @Override
  public Shape inputShape() {
    return prototype.network().inputShape();
  }

  @Override
  public Shape targetShape() {
    return prototype.network().outputShape();
  }

  @Override
  public String size() {
    String rounds =
        exchange == Exchange.GRADIENTS
            ? "gradients summed"
            : "averages every "
                + (stepsOfRound == Integer.MAX_VALUE ? "epoch" : stepsOfRound + " steps");
    return shares().samples() + " samples in " + shares().parts() + " partitions, " + rounds;
  }

  @Override
  public int stepsPerEpoch() {
    return shares().steps();
  }

  @Override
  public Exchange exchange() {
    return exchange;
  }

  @Override
  public Round next(Training training, RunLength length) {
    Require.notNull(training, NAME + ".next", "training");
    Require.notNull(length, NAME + ".next", "length");
    requireSameRun(training);
    long start = System.nanoTime();
    Progress at = training.progress();
    int steps = Math.min(stepsOfRound, shares().steps() - at.stepsInEpoch());
    WorkerRound round =
        new WorkerRound(state(training), exchange, shares(), at, at.stepsInEpoch() + steps, length);
    long sent = System.nanoTime();
    RoundResult result = new RoundResult(Jobs.run("a round of workers", () -> run(round)));
    long received = System.nanoTime();
    if (exchange == Exchange.GRADIENTS) {
      result.setGradients(training.network().parameters());
    } else {
      result.setState(training.network().parameters(), training.optimizer());
    }
    long end = System.nanoTime();
    PartResult slowest = result.slowest();
    times = times.plus(slowest, sent - start + end - received, received - sent - slowest.nanos());
    return new Round(steps, result.loss(), result.samples());
  }

  private void requireSameRun(Training training) {
    if (isSameRun) {
      return;
    }
    try {
      prototype.requireSameRun(training.checkpoint());
    } catch (ModelFormatException e) {
      throw new IllegalArgumentException(
          Require.message(
              NAME,
              "a trainer with the network of the recipe",
              String.valueOf(e.getMessage()),
              "build the trainer by recipe.builder()"),
          e);
    }
    isSameRun = true;
  }

  private WorkerState state(Training training) {
    ParameterVector parameters = training.network().parameters();
    return exchange == Exchange.GRADIENTS
        ? WorkerState.of(parameters.values())
        : WorkerState.of(parameters, training.optimizer());
  }

  private List<PartResult> run(WorkerRound round) {
    Broadcast<WorkerRound> shared = context.broadcast(round);
    TrainingRecipe ofWorkers = recipe;
    String name = run;
    try {
      return parts
          .map(
              part ->
                  IdleWorkers.use(
                      name, ofWorkers, worker -> WorkerTask.run(part, shared.value(), worker)))
          .collect();
    } finally {
      shared.destroy();
    }
  }

  /** Returns the times of the rounds so far. */
  RoundTimes times() {
    return times;
  }

  /** Removes the packed samples from the executors. */
  @Override
  public void close() {
    parts.unpersist();
    prototype.close();
    prototype.network().close();
  }
}
