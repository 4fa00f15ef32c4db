package org.nn4j.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.nn4j.io.AtomicFile;
import org.nn4j.model.Checkpoint;

/** A process that trains with one optimizer after the other, and goes on where it was killed. */
final class KilledRuns {
  private KilledRuns() {}

  /**
   * Trains all that is not done, and prints a line for each step.
   *
   * @param arguments the folder of the checkpoints and results
   */
  public static void main(String[] arguments) throws IOException {
    TrainingListener printer =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event, Training training) {
            System.out.println("step " + event.step());
          }
        };
    for (String optimizer : ResumableRun.optimizers().keySet()) {
      Path folder = Path.of(arguments[0], optimizer);
      Path result = result(folder);
      if (Files.notExists(result)) {
        ResumableRun run =
            new ResumableRun(
                optimizer, CheckpointListener.into(folder).everySteps(3).keepLast(2), printer);
        Optional<Checkpoint> newest = Checkpoints.newest(folder);
        if (newest.isPresent()) {
          run.trainer.resume(newest.get());
        }
        run.fit();
        String bits = Arrays.toString(run.parameters());
        AtomicFile.write(result, out -> out.write(bits.getBytes(UTF_8)));
      }
    }
  }

  static Path result(Path folder) {
    return folder.resolve("result.txt");
  }
}
