package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;

/** Processes that end without warning (SIGKILL), at arbitrary steps. */
class KilledRunsTest {
  private static final int KILLS = 4;

  /** Early stopping lets no run end before its third epoch. */
  private static final int NONE_IS_DONE = 3 * ResumableRun.STEPS_IN_EPOCH;

  private static Process start(Path folder) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            KilledRuns.class.getName(),
            folder.toString())
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }

  /** Kills a process after a number of steps unless it ends before; returns its exit code. */
  private static int endAfter(int steps, Process process) throws Exception {
    OutputStream leave = process.getOutputStream();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      if (steps == Integer.MAX_VALUE) {
        leave.close();
      } else {
        leave.write(new byte[steps]);
        leave.flush();
      }
      long taken = lines.lines().limit(steps).count();
      if (taken == steps) {
        process.destroyForcibly();
      }
      return process.waitFor();
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES) // against hanging alone
  void runsThatAreKilledAndResumedEndWithTheBitsOfRunsThatWereNot(@TempDir Path folder)
      throws Exception {
    SeededRandom random = new SeededRandom(1);
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      // Steps of all optimizers together: the first kill finds none of them done.
      int steps = 1 + random.nextInt(i == 0 ? NONE_IS_DONE : 3 * NONE_IS_DONE);
      if (endAfter(steps, start(folder)) != 0) {
        killed++;
      }
    }
    assertThat(killed).as("processes that were killed at work").isGreaterThanOrEqualTo(3);
    int exitCode = endAfter(Integer.MAX_VALUE, start(folder));
    assertThat(exitCode).as(Files.readString(folder.resolve("errors.txt"))).isZero();

    for (String optimizer : ResumableRun.optimizers().keySet()) {
      ResumableRun undisturbed = new ResumableRun(optimizer);
      int epochs = undisturbed.fit().last().epoch();
      assertThat(KilledRuns.result(folder.resolve(optimizer)))
          .as(optimizer)
          .hasContent(Arrays.toString(undisturbed.parameters()));
      assertThat(Files.readAllLines(KilledRuns.epochs(folder.resolve(optimizer))))
          .as("each epoch of %s once", optimizer)
          .extracting(line -> line.substring(0, line.indexOf(',')))
          .containsExactlyElementsOf(
              Stream.concat(
                      Stream.of("epoch"),
                      IntStream.rangeClosed(1, epochs).mapToObj(String::valueOf))
                  .toList());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files)
          .as("half-written files")
          .noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }
}
