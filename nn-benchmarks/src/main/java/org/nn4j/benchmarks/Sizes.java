package org.nn4j.benchmarks;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nn4j.data.Dataset;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.model.NetworkBuilder;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.EpochResult;
import org.nn4j.train.Trainer;

/**
 * A step by the size of the network and of the batch, beside PyTorch's: ReLU, softmax cross-entropy
 * and Adam, on made data. The two take turns, and the shortest of several rounds counts.
 */
public final class Sizes {
  private static final int ROUNDS = 4;
  private static final double SECONDS_OF_ROUND = 0.4;

  /** Multiplications of an epoch: some steps of a large network, many of a small one. */
  private static final long EPOCH = 2_000_000_000L;

  private static final int MAX_STEPS = 500;
  private static final int MAX_SAMPLES = 16_384;

  private Sizes() {}

  /**
   * A network and its batch size.
   *
   * @param widths the input and the hidden layers
   * @param batch the batch size
   */
  record Size(List<Integer> widths, int batch) {
    Network network() {
      NetworkBuilder builder = Network.builder(widths.get(0));
      widths.stream().skip(1).forEach(units -> builder.dense(units, relu()));
      return builder.dense(MadeDigits.CLASSES, softmax()).seed(1).build();
    }

    String name() {
      return Stream.concat(widths.stream(), Stream.of(MadeDigits.CLASSES))
          .map(String::valueOf)
          .reduce((a, b) -> a + "-" + b)
          .orElseThrow();
    }

    long parameters() {
      long parameters = 0;
      for (int i = 0; i < widths.size(); i++) {
        long out = i + 1 < widths.size() ? widths.get(i + 1) : MadeDigits.CLASSES;
        parameters += (widths.get(i) + 1) * out;
      }
      return parameters;
    }

    /** Returns the samples of an epoch, full batches. */
    int samples(long parameters) {
      long steps = Math.min(MAX_STEPS, EPOCH / (3 * parameters * batch));
      return (int) Math.max(2, Math.min(steps, MAX_SAMPLES / batch)) * batch;
    }
  }

  private static List<Size> all() {
    List<Size> sizes = new ArrayList<>();
    for (int hidden : new int[] {8, 32, 128, 512, 2048}) {
      for (int batch : new int[] {1, 10, 128, 1024}) {
        sizes.add(new Size(List.of(MadeDigits.PIXELS, hidden), batch));
      }
    }
    sizes.add(new Size(List.of(MadeDigits.PIXELS, 2048, 2048), 256));
    sizes.add(new Size(List.of(3000, 1024), 256));
    sizes.add(new Size(List.of(MadeDigits.PIXELS, 1024, 1024), 4096));
    return sizes;
  }

  /**
   * Trains and prints.
   *
   * @param args the path of {@code sizes_torch.py}, if PyTorch is to be measured, too
   * @throws IOException if it cannot be started
   */
  public static void main(String[] args) throws IOException {
    warmUp();
    try (SizesPeer peer = args.length == 0 ? SizesPeer.none() : SizesPeer.start(args[0])) {
      System.out.print(table(all(), peer, ROUNDS));
    }
  }

  private static void warmUp() {
    for (int batch : new int[] {1, 128}) {
      Size size = new Size(List.of(MadeDigits.PIXELS, 32), batch);
      try (Training training = new Training(size)) {
        training.micros(3);
      }
    }
  }

  /** The table, as Markdown. */
  static String table(List<Size> sizes, SizesPeer peer, int rounds) throws IOException {
    StringBuilder table = new StringBuilder("| network | parameters | batch | nn4j, µs a step |");
    table.append(" PyTorch, µs a step | ratio | arrays, MB | peak, MB |\n");
    table.append("| --- |").append(" ---: |".repeat(7)).append('\n');
    for (Size size : sizes) {
      table.append(row(size, peer, rounds));
    }
    return table.toString();
  }

  private static String row(Size size, SizesPeer peer, int rounds) throws IOException {
    double ours = Double.MAX_VALUE;
    double theirs = Double.MAX_VALUE;
    try (Training training = new Training(size)) {
      for (int i = 0; i < rounds; i++) {
        ours = Math.min(ours, training.micros(SECONDS_OF_ROUND));
        theirs = Math.min(theirs, peer.micros(size, training.samples, SECONDS_OF_ROUND));
      }
      return String.format(
          Locale.ROOT,
          "| %s | %,d | %,d | %,.1f | %,.1f | %.2f | %.1f | %.1f |%n",
          size.name(),
          training.parameters,
          size.batch,
          ours,
          theirs,
          ours / theirs,
          training.arrayBytes(size.batch) / 1e6,
          training.memory.peakBytes() / 1e6);
    }
  }

  /** A network in training, with what its memory was before. */
  private static final class Training implements AutoCloseable {
    private static final int STATES = 2;

    private final Dataset data;
    private final int samples;
    private final long parameters;
    private final MemoryPeak memory;
    private final Network network;
    private final Trainer trainer;

    Training(Size size) {
      int in = size.widths.get(0);
      parameters = size.parameters();
      samples = size.samples(parameters);
      data = Dataset.of(MadeDigits.numbers(samples, in), MadeDigits.oneHot(samples));
      memory = MemoryPeak.begin();
      network = size.network();
      trainer =
          Trainer.builder(network)
              .loss(Losses.crossEntropy())
              .optimizer(Optimizers.adam(0.001))
              .batchSize(size.batch)
              .epochs(1)
              .build();
    }

    /** Trains for some time and returns the microseconds of a step of the fastest epoch. */
    double micros(double seconds) {
      double fastest = Double.MAX_VALUE;
      long end = System.nanoTime() + (long) (seconds * 1e9);
      do {
        EpochResult epoch = trainer.fit(data).epochs().get(0);
        fastest = Math.min(fastest, epoch.seconds() * 1e6 / epoch.steps());
      } while (System.nanoTime() < end);
      return fastest;
    }

    /** Returns the bytes of values, gradients, state and the buffers of a batch. */
    long arrayBytes(int batch) {
      long numbers =
          STATES * parameters + batch * (network.inputShape().size() + MadeDigits.CLASSES);
      return network.offHeapBytes() + numbers * Float.BYTES;
    }

    @Override
    public void close() {
      trainer.close();
      network.close();
    }
  }
}
