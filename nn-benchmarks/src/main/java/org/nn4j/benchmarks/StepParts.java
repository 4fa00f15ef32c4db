package org.nn4j.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Optimizer;
import org.nn4j.data.Dataset;
import org.nn4j.data.batch.Batch;
import org.nn4j.data.batch.Batches;
import org.nn4j.data.batch.Epoch;
import org.nn4j.mnist.ImageSet;
import org.nn4j.model.Network;
import org.nn4j.model.Objective;

/**
 * Time of each part of a step: runs the training loop by hand, reads the clock between its lines,
 * and prints the mean of each part as a Markdown table that adds up to the whole epoch.
 */
public final class StepParts {
  private static final String[] PARTS = {
    "gather the batch", "forward and loss", "backward", "optimizer"
  };

  private final Network network;
  private final Objective objective;
  private final Optimizer optimizer;
  private final Batches batches;
  private final long[] nanos = new long[PARTS.length];

  private StepParts(Workload workload, Dataset data) {
    network = workload.network(1);
    objective = Objective.of(network, workload.loss());
    optimizer = workload.optimizer();
    batches = Batches.shuffled(data, workload.batchSize(), DataType.FLOAT, 1).gatherAhead();
  }

  /**
   * Trains and prints.
   *
   * @param args the workload, {@code W1} to {@code W3}, and optionally the number of epochs
   * @throws IOException if MNIST cannot be read
   * @throws IllegalArgumentException if there is no such workload
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      throw new IllegalArgumentException("usage: StepParts W1|W2|W3 [epochs]");
    }
    Workload workload = Workload.valueOf(args[0]);
    int epochs = args.length > 1 ? Integer.parseInt(args[1]) : workload.epochs();
    System.out.print(table(workload, epochs, ImageSet.MNIST.load().train()));
  }

  /** Prints the table of the last epoch, when the JIT compiler has finished. */
  static String table(Workload workload, int epochs, Dataset data) {
    StepParts parts = new StepParts(workload, data);
    long whole = 0;
    for (int number = 1; number <= epochs; number++) {
      whole = parts.epoch(number);
    }
    return parts.table(whole, workload);
  }

  private long epoch(int number) {
    Arrays.fill(nanos, 0);
    long start = System.nanoTime();
    try (Epoch epoch = batches.epoch(number)) {
      for (Iterator<Batch> left = epoch.iterator(); left.hasNext(); ) {
        step(left);
      }
    }
    return System.nanoTime() - start;
  }

  private void step(Iterator<Batch> left) {
    long start = System.nanoTime();
    Batch batch = left.next();
    long gathered = lap(0, start);
    network.zeroGrad();
    objective.forward(batch);
    long forward = lap(1, gathered);
    objective.backward();
    long backward = lap(2, forward);
    optimizer.step(network.parameters());
    lap(3, backward);
  }

  private long lap(int part, long since) {
    long now = System.nanoTime();
    nanos[part] += now - since;
    return now;
  }

  private String table(long whole, Workload workload) {
    int steps = batches.perEpoch();
    StringBuilder table = new StringBuilder();
    table.append("| ").append(workload).append(", a step | µs | share |\n| --- | ---: | ---: |\n");
    long rest = whole;
    for (int i = 0; i < PARTS.length; i++) {
      table.append(row(PARTS[i], nanos[i], whole, steps));
      rest -= nanos[i];
    }
    return table
        .append(row("shuffling, and the clock", rest, whole, steps))
        .append(row("together", whole, whole, steps))
        .toString();
  }

  private static String row(String name, long nanos, long whole, int steps) {
    return String.format(
        Locale.ROOT, "| %s | %.1f | %.0f %% |%n", name, nanos / 1e3 / steps, 100.0 * nanos / whole);
  }
}
