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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Many threads answer from one network (784-128-10, an image at a time), each with a {@link
 * Predictor} of its own. Expect answers that are those of one thread, bit for bit; on two cores
 * about 100,000 a second from one thread, 180,000 from two, and no more from more.
 *
 * <p>The network is not trained, which changes neither.
 */
@Command(
    name = "ServeFromThreads",
    sortOptions = false,
    showDefaultValues = true,
    description = "Answers from one network with several threads, and measures how fast.")
public final class ServeFromThreads implements Callable<Integer> {
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

  @Option(names = "--answers", defaultValue = "200000", description = "answers of all threads")
  private int answers;

  @Option(names = "--help", usageHelp = true, description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** Made by the command line. */
  public ServeFromThreads() {}

  /**
   * Answers, measures and prints.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Commands.run(new ServeFromThreads(), args);
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    Network network =
        Network.builder(PIXELS).dense(128, relu()).dense(CLASSES, softmax()).seed(1).build();
    float[][] images = images();
    float[][] serial = new float[IMAGES][];
    try (Predictor predictor = Predictor.of(network)) {
      Arrays.setAll(serial, i -> predictor.predict(images[i]));
    }
    serve(1, network, images, serial); // Java compiles what it has run for a while

    PrintWriter out = spec.commandLine().getOut();
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
    return CommandLine.ExitCode.OK;
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

  /** Lets threads share the work; the number of answers that differ from the serial ones. */
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

  /** The work of one thread: its own predictor and its own array, the network is everyone's. */
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
