package org.nn4j.train;

import org.nn4j.Require;
import org.nn4j.optim.ReduceOnPlateau;

/**
 * Tells a {@link ReduceOnPlateau} schedule the validation loss after each epoch. Not thread-safe.
 *
 * @param schedule the schedule of the optimizer
 */
public record PlateauListener(ReduceOnPlateau schedule) implements TrainingListener {
  @Override
  public void onEpochEnd(EpochEnd event) {
    Double loss = event.validation().get("loss");
    if (loss == null) {
      throw new IllegalStateException(
          Require.message(
              "PlateauListener", "a validation loss", "none", "give the trainer validation data"));
    }
    schedule.report(loss);
  }
}
