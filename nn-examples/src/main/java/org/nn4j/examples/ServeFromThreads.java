package org.nn4j.examples;

import static org.nn4j.activation.Activations.relu;
import static org.nn4j.activation.Activations.softmax;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.nn4j.Require;
import org.nn4j.SeededRandom;
import org.nn4j.model.Network;
import org.nn4j.model.Predictor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One network (784-128-10) serves many threads, one image at a time, each thread with its own
 * {@link Predictor}. Expect the predictions of one thread, bit for bit; on two cores about 100,000
 * a second with one thread, 180,000 with two or more. The network is not trained, which affects
 * neither.
 */
@Command(
    name = "ServeFromThreads",
    sortOptions = false,
    showDefaultValues = true,
    description = "Predicts with one network from several threads, and measures the rate.")
public final class ServeFromThreads extends Example {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;
  private static final int IMAGES = 1000;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,4,8",
      description = "numbers of threads to measure")
  private List<Integer> threadCounts = List.of();

  @Option(names = "--answers", defaultValue = "200000", description = "predictions of all threads")
  private int answers;

  ServeFromThreads() {}

  /**
   * Predicts and prints the rate for each number of threads.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    start(new ServeFromThreads(), args);
  }

  @Override
  int run(PrintWriter out) throws InterruptedException, ExecutionException {
    Network network =
        Network.builder(PIXELS).dense(128, relu()).dense(CLASSES, softmax()).seed(1).build();
    float[][] images = images();
    float[][] serial = new float[IMAGES][];
    try (Predictor predictor = Predictor.of(network)) {
      Arrays.setAll(serial, i -> predictor.predict(images[i]));
    }
    serve(1, network, images, serial); // warms up the JIT compiler

    for (int threads : threadCounts) {
      long start = System.nanoTime();
      int different = serve(threads, network, images, serial);
      double seconds = (System.nanoTime() - start) * 1e-9;
      out.printf(
          Locale.ROOT,
          "%d threads: %,.0f answers/s, %d of %,d differ from those of one thread%n",
          threads,
          answers / seconds,
          different,
          answers);
      out.flush();
    }
    return OK;
  }

  private static float[][] images() {
    SeededRandom random = new SeededRandom(1);
    float[][] images = new float[IMAGES][PIXELS];
    for (float[] image : images) {
      for (int i = 0; i < PIXELS; i++) {
        image[i] = random.nextFloat();
      }
    }
    return images;
  }

  /** Shares the predictions among threads; returns how many differ from those of one thread. */
  private int serve(int threads, Network network, float[][] images, float[][] serial)
      throws InterruptedException, ExecutionException {
    Require.atLeastOne(threads, "ServeFromThreads", "threads");
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger next = new AtomicInteger();
      Callable<Integer> worker = () -> answer(network, images, serial, next);
      int different = 0;
      for (Future<Integer> done : pool.invokeAll(Collections.nCopies(threads, worker))) {
        different += done.get();
      }
      return different;
    } finally {
      pool.shutdown();
    }
  }

  /** Runs in one thread: the predictor and the array are its own, the network is shared. */
  private int answer(Network network, float[][] images, float[][] serial, AtomicInteger next) {
    int different = 0;
    float[] answer = new float[CLASSES];
    try (Predictor predictor = Predictor.of(network)) {
      for (int i = next.getAndIncrement(); i < answers; i = next.getAndIncrement()) {
        predictor.predict(images[i % IMAGES], answer);
        if (!Arrays.equals(answer, serial[i % IMAGES])) {
          different++;
        }
      }
    }
    return different;
  }
}
