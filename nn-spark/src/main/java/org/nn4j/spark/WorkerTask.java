package org.nn4j.spark;

import java.util.Arrays;
import org.nn4j.ParameterVector;
import org.nn4j.Require;
import org.nn4j.data.Dataset;
import org.nn4j.persistence.Progress;
import org.nn4j.train.TrainingWorker;

/**
 * Round of one worker, a function of its arguments alone: a task that Spark runs again, on this
 * executor or another, returns the same bits.
 */
final class WorkerTask {
  private WorkerTask() {}

  static PartResult run(SamplePart part, WorkerRound round, TrainingWorker worker) {
    long start = System.nanoTime();
    int number = part.number();
    Require.that(
        part.problem().isEmpty() && part.size() == round.shares().size(number),
        "SparkTraining, partition " + number,
        "the samples of the first pass, " + round.shares().size(number),
        part.problem().isEmpty() ? part.size() : part.problem(),
        "write the samples to files or checkpoint the RDD before training");
    int from = round.shares().place(number, round.first());
    int to = round.shares().place(number, round.end());
    if (from == to) {
      return PartResult.none();
    }
    int[] order = worker.order(part.size(), number, round.position().epoch());
    return part.onRows(
        Arrays.copyOfRange(order, from, to),
        worker.network(),
        data ->
            round.sumsGradients()
                ? gradients(data, round, number, worker, start)
                : steps(data, round, number, worker, start));
  }

  private static PartResult gradients(
      Dataset data, WorkerRound round, int part, TrainingWorker worker, long start) {
    ParameterVector parameters = worker.network().parameters();
    round.state().restore(parameters);
    long restored = System.nanoTime();
    double lossSum = worker.gradients(data, round.stream(part));
    long computed = System.nanoTime();
    WorkerState gradients = WorkerState.of(parameters.gradients());
    return new PartResult(
        gradients, lossSum, data.size(), computed - restored, System.nanoTime() - start);
  }

  private static PartResult steps(
      Dataset data, WorkerRound round, int part, TrainingWorker worker, long start) {
    ParameterVector parameters = worker.network().parameters();
    round.state().restore(parameters, worker.optimizer());
    long restored = System.nanoTime();
    Progress after = worker.steps(round.position(), round.length(), data, round.stream(part));
    long computed = System.nanoTime();
    WorkerState state = WorkerState.of(parameters, worker.optimizer());
    return new PartResult(
        state, after.lossSum(), data.size(), computed - restored, System.nanoTime() - start);
  }
}
