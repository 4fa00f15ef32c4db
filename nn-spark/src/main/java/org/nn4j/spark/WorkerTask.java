package org.nn4j.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nn4j.data.Dataset;
import org.nn4j.persistence.Checkpoint;
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
    int from = round.shares().place(number, round.first());
    int to = round.shares().place(number, round.end());
    if (from == to) {
      return new PartResult(new byte[0], 0, 0, System.nanoTime() - start);
    }
    int[] order = worker.order(part.size(), number, round.epoch());
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
    try (INDArray values = Vectors.array(round.state(), worker.network().dataType())) {
      worker.network().parameters().setValues(values);
    }
    double lossSum = worker.gradients(data, round.stream(part));
    byte[] gradients = Vectors.bytes(worker.network().parameters().gradients());
    return new PartResult(gradients, lossSum, data.size(), System.nanoTime() - start);
  }

  private static PartResult steps(
      Dataset data, WorkerRound round, int part, TrainingWorker worker, long start) {
    try {
      Checkpoint from = Checkpoint.load(new ByteArrayInputStream(round.state()));
      Checkpoint after = worker.steps(from, round.length(), data, round.stream(part));
      double lossSum = after.progress().lossSum();
      return new PartResult(bytes(after), lossSum, data.size(), System.nanoTime() - start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the bytes of a checkpoint file. */
  static byte[] bytes(Checkpoint checkpoint) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      checkpoint.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
