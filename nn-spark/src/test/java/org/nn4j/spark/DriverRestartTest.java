package org.nn4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.train.Trainer;

/** A driver that ends without warning, and one in another process that resumes its run. */
@ExtendWith(Cluster.class)
class DriverRestartTest {
  /** Starts a driver with a cluster of its own. */
  private static Process start(Path checkpoints, Path folder) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dexecutors=1",
                "-cp",
                System.getProperty("java.class.path"),
                HaltedDriver.class.getName(),
                checkpoints.toString())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    return builder.start();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
  void aRunOfADriverThatHaltedResumesInAnotherProcess(@TempDir Path folder) throws Exception {
    Path checkpoints = folder.resolve("checkpoints");
    Process driver = start(checkpoints, folder);
    List<ProcessHandle> executors = List.of();
    try (BufferedReader lines = driver.inputReader(UTF_8)) {
      String line = lines.readLine();
      executors = driver.descendants().toList();
      driver.getOutputStream().close();

      assertThat(line)
          .as(Files.readString(folder.resolve("errors.txt")))
          .isEqualTo("step " + HaltedDriver.LAST_STEP);
      assertThat(driver.waitFor()).isEqualTo(HaltedDriver.EXIT_CODE);
      assertThat(executors).isNotEmpty();
      awaitEnd(executors);
    } finally {
      driver.destroyForcibly();
      executors.forEach(ProcessHandle::destroyForcibly);
    }

    Trainer resumed =
        TrainingSets.RECIPE.builder().epochs(HaltedDriver.EPOCHS).build().resume(checkpoints);
    assertThat(resumed.progress().steps()).isEqualTo(HaltedDriver.LAST_CHECKPOINT);
    assertThat(valuesAfterFit(resumed))
        .isEqualTo(
            valuesAfterFit(TrainingSets.RECIPE.builder().epochs(HaltedDriver.EPOCHS).build()));
  }

  /** Executors end when they lose their driver. */
  private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
    for (ProcessHandle process : processes) {
      // An ended process whose new parent does not reap it has no command.
      while (process.isAlive() && process.info().command().isPresent()) {
        Thread.sleep(20);
      }
    }
  }

  private static float[] valuesAfterFit(Trainer trainer) {
    try (SparkTraining data =
        SparkTraining.averageEvery(
            HaltedDriver.STEPS_OF_ROUND,
            TrainingSets.partitions(HaltedDriver.PARTITIONS),
            TrainingSets.RECIPE)) {
      trainer.fit(data);
      return TrainingSets.values(trainer);
    }
  }
}
