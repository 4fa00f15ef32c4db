package org.nn4j.benchmarks;

import org.nn4j.train.Training;
import org.nn4j.train.TrainingListener;

/**
 * Takes the first training steps of {@link Workload#W1} and prints the time at which the first one
 * ended.
 */
final class FirstStep {
  /** Enough steps for batches to be gathered ahead, as in a run of usual length. */
  private static final int IMAGES = 1000;

  private FirstStep() {}

  /** Prints the milliseconds since 1970. */
  public static void main(String[] args) {
    TrainingListener printer =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd end, Training training) {
            if (end.step() == 1) {
              System.out.println(System.currentTimeMillis());
            }
          }
        };
    Workload.W1
        .training(Workload.W1.network(1))
        .epochs(1)
        .listener(printer)
        .build()
        .fit(MadeDigits.dataset(IMAGES));
  }
}
