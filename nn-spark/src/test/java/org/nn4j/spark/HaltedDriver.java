package org.nn4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.nn4j.train.CheckpointListener;
import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/** Driver that halts in the middle of its run, between two checkpoints. */
public final class HaltedDriver {
  static final int[] PARTITIONS = {30, 0, 9, 25};
  static final int STEPS_OF_ROUND = 3;
  static final int EPOCHS = 3;

  /** An epoch has 8 steps: the run halts in its second epoch. */
  static final int LAST_STEP = 14;

  /** The step of the last checkpoint; the round after it is lost. */
  static final int LAST_CHECKPOINT = 11;

  static final int EXIT_CODE = 3;

  private HaltedDriver() {}

  /**
   * Trains, prints a line at the last step and waits for the end of the standard input.
   *
   * @param arguments the folder of the checkpoints
   */
  public static void main(String[] arguments) {
    try (SparkTraining data =
        SparkTraining.averageEvery(
            STEPS_OF_ROUND, TrainingSets.partitions(PARTITIONS), TrainingSets.RECIPE)) {
      TrainingSets.RECIPE
          .builder()
          .epochs(EPOCHS)
          .listener(CheckpointListener.into(Path.of(arguments[0])).everySteps(5))
          .listener(new Halt())
          .build()
          .fit(data);
    }
  }

  private static final class Halt implements TrainingListener {
    @Override
    public void onBatchEnd(BatchEnd event, Training training) {
      if (event.step() == LAST_STEP) {
        System.out.println("step " + event.step());
        awaitEndOfInput();
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }

  private static void awaitEndOfInput() {
    try {
      System.in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
