package org.nn4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Starts Java six times and prints the time from its start to the end of the first training step of
 * {@link Workload#W1}. The first run may unpack ND4J's natives and does not count.
 */
public final class StartUp {
  private static final int RUNS = 5;

  private StartUp() {}

  /**
   * Runs and prints.
   *
   * @param args none
   * @throws IOException if Java cannot be started
   * @throws InterruptedException if this thread is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT, "first run, which may unpack natives: %,d ms%n", millisToFirstStep());
    long[] millis = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      millis[i] = millisToFirstStep();
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "java start to first training step: %,d ms, the median of %d (%,d to %,d)%n",
        millis[RUNS / 2],
        RUNS,
        millis[0],
        millis[RUNS - 1]);
  }

  private static long millisToFirstStep() throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FirstStep.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.currentTimeMillis();
    Process process = java.start();
    String stepDone;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      stepDone = out.readLine();
    }
    if (process.waitFor() != 0 || stepDone == null) {
      throw new IOException(FirstStep.class.getName() + " ended with " + process.exitValue());
    }
    return Long.parseLong(stepDone) - start;
  }
}
