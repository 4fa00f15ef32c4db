package org.nn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nn4j.train.Callbacks.atStep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.SeededRandom;
import org.nn4j.io.ModelFormatException;
import org.nn4j.io.Mutation;
import org.nn4j.persistence.Checkpoint;
import org.nn4j.persistence.ModelFiles;

/**
 * As ModelFileFuzzTest, one level up: what a checkpoint says of a run, its optimizer, schedule,
 * random streams and listeners. Without the checksum, which would refuse most damage by itself.
 */
class ResumeFuzzTest {
  private static final int FILES = Integer.getInteger("nn4j.fuzz.files", 1_500);

  /** That a trainer has other settings than the run is not the fault of the file. */
  private static final String OTHER_SETTINGS =
      "(?s)Trainer, resuming from a checkpoint: .*"
          + "|.*; use the (optimizer|schedule) that the state is of";

  private static byte[] checkpoint(ResumableRun run, Path folder) throws IOException {
    Path file = folder.resolve("whole");
    run.trainer.checkpoint().save(file);
    return Mutation.withoutChecksum(Files.readAllBytes(file));
  }

  @Test
  void aDamagedCheckpointIsResumedOrRefusedAndNothingElse(@TempDir Path folder) throws IOException {
    ResumableRun run = new ResumableRun("adam", CheckpointListener.into(folder));
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(checkpoint(run, folder));
    ResumableRun stopped =
        new ResumableRun(
            "adam",
            atStep(2 * ResumableRun.STEPS_IN_EPOCH + 3, training -> training.stop("test")),
            CheckpointListener.into(folder));
    stopped.fit();
    seeds.add(Mutation.withoutChecksum(Files.readAllBytes(newest(folder))));
    Path file = folder.resolve("damaged.safetensors");
    SeededRandom random = new SeededRandom(3);
    int refused = 0;
    int otherSettings = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(file, Mutation.any(seeds.get(i % seeds.size()), random));
      try {
        run.trainer.resume(Checkpoint.load(file));
        run.trainer.checkpoint();
      } catch (ModelFormatException e) {
        assertThat(e.file()).isEqualTo(file.toString());
        assertThat(e.getMessage()).hasSizeLessThan(20_000);
        refused++;
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).matches(OTHER_SETTINGS);
        otherSettings++;
      }
      try {
        ModelFiles.load(file);
      } catch (ModelFormatException e) {
        assertThat(e.file()).isEqualTo(file.toString());
      }
    }
    assertThat(refused).isBetween(FILES / 2, FILES - FILES / 100);
    assertThat(otherSettings).isLessThan(FILES / 10);
  }

  private static Path newest(Path folder) throws IOException {
    return Path.of(Checkpoints.newest(folder).orElseThrow().origin());
  }
}
