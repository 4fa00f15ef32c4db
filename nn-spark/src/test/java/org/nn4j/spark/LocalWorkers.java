package org.nn4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nn4j.ParameterVector;
import org.nn4j.RunLength;
import org.nn4j.Shape;
import org.nn4j.data.Sample;
import org.nn4j.persistence.Progress;
import org.nn4j.train.DataParallel;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingWorker;

/** The rounds of {@link SparkTraining} as a loop in this process, with the same bits. */
final class LocalWorkers implements DataParallel {
  private final TrainingWorker worker;
  private final List<SamplePart> parts;
  private final int stepsOfRound;
  private final Shares shares;

  /**
   * Divides samples.
   *
   * @param parts the samples of each worker
   * @param stepsOfRound the steps between averages; 0 to sum gradients
   */
  LocalWorkers(List<List<Sample>> parts, TrainingRecipe recipe, int stepsOfRound) {
    this.worker = recipe.builder().buildWorker();
    this.parts =
        IntStream.range(0, parts.size())
            .mapToObj(number -> SamplePart.of(number, parts.get(number).iterator(), worker))
            .toList();
    this.stepsOfRound = stepsOfRound;
    int[] sizes = parts.stream().mapToInt(List::size).toArray();
    this.shares =
        stepsOfRound == 0
            ? Shares.ofSamples(sizes, worker.batchSize())
            : Shares.ofBatches(sizes, worker.batchSize());
  }

  /** Returns the samples in parts of these sizes, in order. */
  static List<List<Sample>> parts(List<Sample> samples, int... sizes) {
    List<List<Sample>> parts = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      parts.add(samples.subList(from, from + size));
      from += size;
    }
    return parts;
  }

  @Override
  public Shape inputShape() {
    return worker.network().inputShape();
  }

  @Override
  public Shape targetShape() {
    return worker.network().outputShape();
  }

  @Override
  public String size() {
    return shares.samples() + " samples";
  }

  @Override
  public int stepsPerEpoch() {
    return shares.steps();
  }

  @Override
  public Exchange exchange() {
    return stepsOfRound == 0 ? Exchange.GRADIENTS : Exchange.PARAMETERS;
  }

  @Override
  public Round next(Training training, RunLength length) {
    Progress at = training.progress();
    int steps = Math.min(Math.max(stepsOfRound, 1), shares.steps() - at.stepsInEpoch());
    ParameterVector parameters = training.network().parameters();
    WorkerState state =
        stepsOfRound == 0
            ? WorkerState.of(parameters.values())
            : WorkerState.of(parameters, training.optimizer());
    WorkerRound round =
        new WorkerRound(state, exchange(), shares, at, at.stepsInEpoch() + steps, length);
    List<PartResult> results = new ArrayList<>();
    for (SamplePart part : parts) {
      results.add(WorkerTask.run(part, round, worker));
    }
    RoundResult result = new RoundResult(results);
    if (stepsOfRound == 0) {
      result.setGradients(parameters);
    } else {
      result.setState(parameters, training.optimizer());
    }
    return new Round(steps, result.loss(), result.samples());
  }
}
