package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.nn4j.train.Callbacks.onBatchEnd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nn4j.internal.file.AtomicFile;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.train.listener.CsvListener;

/** A process that trains with all optimizers at once, each where it was killed. */
final class KilledRuns {
  private KilledRuns() {}

  /**
   * Trains all that is not done. Each step waits for a byte of the standard input, up to its end,
   * and prints a line.
   *
   * @param arguments the folder of the checkpoints and results
   */
  public static void main(String[] arguments) throws Exception {
    List<Callable<Boolean>> runs = new ArrayList<>();
    for (String optimizer : ResumableRun.optimizers().keySet()) {
      runs.add(() -> train(optimizer, Path.of(arguments[0], optimizer)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    for (Future<Boolean> run : threads.invokeAll(runs)) {
      run.get();
    }
    threads.shutdown();
  }

  private static boolean train(String optimizer, Path folder) throws IOException {
    Path result = result(folder);
    if (Files.exists(result)) {
      return false;
    }
    Files.createDirectories(folder);
    TrainingListener printer =
        onBatchEnd(
            (event, training) -> {
              awaitLeave();
              System.out.println(optimizer + ", step " + event.step());
            });
    ResumableRun run =
        new ResumableRun(
            optimizer,
            CheckpointListener.into(folder).everySteps(3).keepLast(2),
            CsvListener.to(epochs(folder)),
            printer);
    Optional<Checkpoint> newest = Checkpoints.newest(folder);
    if (newest.isPresent()) {
      run.trainer.resume(newest.get());
    }
    run.fit();
    String bits = Arrays.toString(run.parameters());
    AtomicFile.write(result, out -> out.write(bits.getBytes(UTF_8)));
    return true;
  }

  private static void awaitLeave() {
    try {
      System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path result(Path folder) {
    return folder.resolve("result.txt");
  }

  /** The file with a line for each epoch. */
  static Path epochs(Path folder) {
    return folder.resolve("epochs.csv");
  }
}
